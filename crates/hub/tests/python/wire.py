"""Bytes: keys, envelopes and frames, as docs/protocol.md lays them out."""

import hashlib
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ENVELOPE = "application/vnd.anuko.hub.envelope.v1"
AUTH = "anuko-hub-auth-1"
DIALLER, LISTENER = 1, 2
REASONS = ["", "stopping", "not_approved", "not_allowed", "not_proved", "malformed", "replaced", "busy", "stalled",
           "too_large", "forged", "failed"]


def pae(kind: str, content: bytes) -> bytes:
    return f"DSSEv1 {len(kind)} {kind} {len(content)} ".encode() + content


class Key:
    def __init__(self, seed: bytes):
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.private.public_key().public_bytes_raw()

    def sign(self, kind: str, content: bytes) -> bytes:
        return self.private.sign(pae(kind, content))


def has_signed(public: bytes, kind: str, content: bytes, signature: bytes) -> bool:
    """Stricter than ZIP 215 about odd signatures, which no hub makes; enough for a small client."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, pae(kind, content))
    except InvalidSignature:
        return False
    return True


class Reader:
    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def bytes(self, length: int) -> bytes:
        if self.at + length > len(self.data):
            raise ValueError("too short")
        self.at += length
        return self.data[self.at - length:self.at]

    def int(self, length: int) -> int:
        return int.from_bytes(self.bytes(length), "big")

    def text(self) -> str:
        return self.bytes(self.int(2)).decode()

    def end(self):
        if self.at != len(self.data):
            raise ValueError("too long")


def text(value: str) -> bytes:
    return struct.pack(">H", len(value.encode())) + value.encode()


@dataclass
class Envelope:
    origin: bytes
    epoch: int
    number: int
    previous: bytes
    time: int
    messages: list[tuple[str, bytes]]
    ttl: int = 0
    predecessor: tuple[int, int] = (0, 0)
    raw: bytes = b""

    def hash(self) -> bytes:
        return hashlib.sha256(self.raw).digest()

    def sign(self, key: Key) -> "Envelope":
        head = struct.pack(">B32sQQ32sQI", 1, self.origin, self.epoch, self.number, self.previous, self.time, self.ttl)
        if self.number == 1:
            head += struct.pack(">QQ", *self.predecessor)
        head += struct.pack(">H", len(self.messages))
        for kind, body in self.messages:
            head += struct.pack(">B", len(kind)) + kind.encode() + struct.pack(">I", len(body)) + body
        self.raw = head + key.sign(ENVELOPE, head)
        return self

    @staticmethod
    def read(raw: bytes) -> "Envelope":
        fields = Reader(raw[:-64])
        if fields.int(1) != 1:
            raise ValueError("another version")
        origin, epoch, number, previous = fields.bytes(32), fields.int(8), fields.int(8), fields.bytes(32)
        time, ttl = fields.int(8), fields.int(4)
        predecessor = (fields.int(8), fields.int(8)) if number == 1 else (0, 0)
        messages = []
        for _ in range(fields.int(2)):
            kind = fields.bytes(fields.int(1)).decode("ascii")
            messages.append((kind, fields.bytes(fields.int(4))))
        fields.end()
        return Envelope(origin, epoch, number, previous, time, messages, ttl, predecessor, raw)

    def is_right(self) -> bool:
        return has_signed(self.origin, ENVELOPE, self.raw[:-64], self.raw[-64:])


@dataclass
class Hello:
    key: bytes
    nonce: bytes
    side: int
    clock: int
    name: str
    retention: int = 604800
    envelope_most: int = 262144
    window_envelopes: int = 100
    window_bytes: int = 1048576
    address: str = ""
    software: str = "python"

    def write(self) -> bytes:
        head = struct.pack(">B32s32sBQIIII", 1, self.key, self.nonce, self.side, self.clock, self.retention,
                           self.envelope_most, self.window_envelopes, self.window_bytes)
        return head + text(self.name) + text(self.address) + text(self.software)

    @staticmethod
    def read(fields: Reader) -> "Hello":
        key, nonce, side, clock = fields.bytes(32), fields.bytes(32), fields.int(1), fields.int(8)
        numbers = [fields.int(4) for _ in range(4)]
        name = fields.text()
        return Hello(key, nonce, side, clock, name, *numbers, address=fields.text(), software=fields.text())


@dataclass
class Position:
    origin: bytes
    epoch: int
    settled: int
    push: bool
    ranges: list[tuple[int, int]] = field(default_factory=list)

    def has(self, number: int) -> bool:
        return number <= self.settled or any(first <= number <= last for first, last in self.ranges)


def auth(host: str, signature: bytes) -> bytes:
    return b"\x02" + text(host) + signature


def have(entries: list[Position], complete: bool = False) -> bytes:
    frame = struct.pack(">BBH", 3, complete, len(entries))
    for one in entries:
        frame += struct.pack(">32sQQBH", one.origin, one.epoch, one.settled, one.push, len(one.ranges))
        frame += b"".join(struct.pack(">QQ", *run) for run in one.ranges)
    return frame


def msg(envelopes: list[bytes]) -> bytes:
    frame = struct.pack(">BH", 4, len(envelopes))
    return frame + b"".join(struct.pack(">BI", 0, len(one)) + one for one in envelopes)


def read(frame: bytes):
    """The name of the frame, and what is in it."""
    fields = Reader(frame)
    kind = fields.int(1)
    if kind == 1:
        return "hello", Hello.read(fields)
    if kind == 2:
        what = "auth", (fields.text(), fields.bytes(64))
    elif kind == 3:
        what = "have", (fields.int(1) == 1, [position(fields) for _ in range(fields.int(2))])
    elif kind == 4:
        what = "msg", [carried(fields) for _ in range(fields.int(2))]
    elif kind == 5:
        what = "skip", [(fields.bytes(32), fields.int(8), fields.int(8), fields.int(8)) for _ in range(fields.int(2))]
    elif kind == 6:
        what = "bye", (REASONS[fields.int(1)], fields.int(4), fields.text())
    else:
        raise ValueError("no such frame")
    fields.end()
    return what


def position(fields: Reader) -> Position:
    origin, epoch, settled, push = fields.bytes(32), fields.int(8), fields.int(8), fields.int(1) == 1
    ranges = [(fields.int(8), fields.int(8)) for _ in range(fields.int(2))]
    return Position(origin, epoch, settled, push, ranges)


def carried(fields: Reader) -> bytes:
    fields.int(1)
    return fields.bytes(fields.int(4))
