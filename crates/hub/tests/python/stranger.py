"""A stranger who knows docs/protocol.md and nothing else, and two hubs that are linked.

Arguments: the address of each hub. Prints what was seen; any surprise is an error.
"""

import asyncio
import json
import pathlib
import sys

import wire
from link import Link, Refused, now

ORIGIN = wire.Key(bytes([7]) * 32)
READER = wire.Key(bytes([8]) * 32)
VECTORS = pathlib.Path(__file__).parents[4] / "docs" / "vectors"


def the_vectors_hold():
    envelopes = json.loads((VECTORS / "envelopes.json").read_text())
    for vector in envelopes["valid"]:
        raw = bytes.fromhex(vector["envelope"])
        envelope = wire.Envelope.read(raw)
        assert envelope.is_right() and envelope.hash().hex() == vector["hash"], vector["what"]
        again = wire.Envelope(envelope.origin, vector["epoch"], vector["number"], bytes.fromhex(vector["previous"]),
                              vector["time"], [(one["media_type"], bytes.fromhex(one["body"])) for one in
                                               vector["messages"]], vector["ttl"],
                              tuple(vector["predecessor"] or (0, 0)))
        assert again.sign(wire.Key(bytes.fromhex(vector["seed"]))).raw == raw, vector["what"]
    for vector in json.loads((VECTORS / "frames.json").read_text())["valid"]:
        kind, _ = wire.read(bytes.fromhex(vector["bytes"]))
        assert kind == vector["what"].split()[0].lower(), vector["what"]
    print("the vectors hold")


def signed(number: int, previous: bytes, epoch: int, *bodies: str) -> wire.Envelope:
    messages = [("text/plain", body.encode()) for body in bodies]
    return wire.Envelope(ORIGIN.public, epoch, number, previous, now(), messages).sign(ORIGIN)


async def who_cannot_prove_his_key_is_turned_away(url: str):
    for wrong in [{"sign_with": READER}, {"host": "other.example"}]:
        try:
            await Link.dial(url, ORIGIN, **wrong)
        except Refused as refused:
            assert str(refused) == "not_proved", refused
        else:
            raise AssertionError("the hub believed a wrong proof")
    print("a wrong proof is refused")


async def what_one_hub_takes_arrives_at_the_other(first: str, second: str):
    reader = await Link.dial(second, READER)
    await reader.account()
    await reader.until(lambda: reader.is_complete)

    sender = await Link.dial(first, ORIGIN)
    await sender.account()
    await sender.until(lambda: sender.is_complete)
    epoch = now()
    one = signed(1, bytes(32), epoch, "from Python")
    two = signed(2, one.hash(), epoch, "a second one", "with two messages")
    await sender.send([one, two])
    print("the first hub has taken two envelopes")

    # The hubs have messages of their own, posted before and after this client came.
    names = [(ORIGIN.public, epoch, number) for number in (1, 2)]
    await reader.until(lambda: all(name in reader.envelopes for name in names) and len(reader.envelopes) >= 3)
    assert [reader.envelopes[name].raw for name in names] == [one.raw, two.raw], "byte for byte"
    others = [one for one in reader.envelopes.values() if one.origin != ORIGIN.public]
    assert any(body == b"from the first hub" for one in others for _, body in one.messages), others
    print("the second hub has passed them on, and what the first hub had posted")

    forged = bytearray(signed(3, two.hash(), epoch, "forged").raw)
    forged[-1] ^= 1
    await sender.socket.send(wire.msg([bytes(forged)]))
    three = signed(3, two.hash(), epoch, "after a forged one")
    await sender.send([three])
    await reader.until(lambda: (ORIGIN.public, epoch, 3) in reader.envelopes)
    assert reader.envelopes[(ORIGIN.public, epoch, 3)].raw == three.raw
    print("a forged envelope leaves no trace")
    await sender.socket.close()
    await reader.socket.close()


async def main(first: str, second: str):
    the_vectors_hold()
    async with asyncio.timeout(60):
        await who_cannot_prove_his_key_is_turned_away(first)
        await what_one_hub_takes_arrives_at_the_other(first, second)
    print("done")


asyncio.run(main(*sys.argv[1:]))
