"""A link, dialled: the proof, then frames."""

import os
import time

from websockets.asyncio.client import connect

import wire


def now() -> int:
    return time.time_ns() // 1000


class Refused(Exception):
    """The hub said BYE, and why."""


class Link:
    """What a client keeps of one link: which envelopes it has, and what the hub states."""

    def __init__(self, socket, hello):
        self.socket, self.hello = socket, hello
        self.envelopes = {}
        self.stated = {}
        self.is_complete = False

    @staticmethod
    async def dial(url: str, key: wire.Key, *, sign_with: wire.Key | None = None, host: str | None = None) -> "Link":
        host = host or url.removeprefix("ws://").split("/")[0]
        socket = await connect(url, subprotocols=["anuko-hub.1"])
        own = wire.Hello(key.public, os.urandom(32), wire.DIALLER, now(), "python")
        await socket.send(own.write())
        kind, peer = wire.read(await socket.recv())
        assert kind == "hello" and peer.side == wire.LISTENER, kind
        proof = bytes([own.side]) + own.key + peer.key + own.nonce + peer.nonce + host.encode()
        await socket.send(wire.auth(host, (sign_with or key).sign(wire.AUTH, proof)))
        kind, answer = wire.read(await socket.recv())
        if kind == "bye":
            raise Refused(answer[0])
        assert kind == "auth", kind
        back = bytes([peer.side]) + peer.key + own.key + peer.nonce + own.nonce + host.encode()
        assert answer[0] == host and wire.has_signed(peer.key, wire.AUTH, back, answer[1]), "the hub proves itself"
        return Link(socket, peer)

    async def hear(self):
        """One frame; what it means is kept, and what was received is acknowledged."""
        kind, what = wire.read(await self.socket.recv())
        if kind == "bye":
            raise Refused(what[0])
        if kind == "have":
            complete, entries = what
            self.is_complete |= complete
            unknown = [one for one in entries if (one.origin, one.epoch) not in self.stated]
            self.stated.update({(one.origin, one.epoch): one for one in entries})
            await self.state({(one.origin, one.epoch) for one in unknown})
        if kind == "msg":
            read = [wire.Envelope.read(raw) for raw in what]
            for envelope in read:
                assert envelope.is_right(), "what a hub passes on is signed"
                self.envelopes[(envelope.origin, envelope.epoch, envelope.number)] = envelope
            await self.state({(one.origin, one.epoch) for one in read})
        return kind

    async def until(self, is_so):
        while not is_so():
            await self.hear()

    async def account(self):
        """The first account: nothing is here."""
        await self.socket.send(wire.have([], complete=True))

    async def state(self, streams):
        """Tells what is here of these streams, and wants more."""
        if streams:
            await self.socket.send(wire.have([self.position(*stream) for stream in streams]))

    def position(self, origin: bytes, epoch: int) -> wire.Position:
        numbers = sorted(n for other, when, n in self.envelopes if (other, when) == (origin, epoch))
        settled = 0
        while settled + 1 in numbers:
            settled += 1
        above = [(n, n) for n in numbers if n > settled]
        ranges = []
        for first, last in above:
            if ranges and ranges[-1][1] + 1 == first:
                ranges[-1] = (ranges[-1][0], last)
            else:
                ranges.append((first, last))
        return wire.Position(origin, epoch, settled, True, ranges)

    async def send(self, envelopes):
        """Sends envelopes, and waits until the hub states that it has them."""
        for one in envelopes:
            self.envelopes[(one.origin, one.epoch, one.number)] = one
        await self.socket.send(wire.msg([one.raw for one in envelopes]))

        def has(one):
            stated = self.stated.get((one.origin, one.epoch))
            return stated is not None and stated.has(one.number)

        await self.until(lambda: all(has(one) for one in envelopes))
