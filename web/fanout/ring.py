"""The ring: one system call for a whole crowd, by io_uring (io_uring_enter(2)), where the kernel lets us.

Every send is told not to wait (MSG_DONTWAIT), to count as failed when it is short (MSG_WAITALL), and to be
silent when it succeeds (IOSQE_CQE_SKIP_SUCCESS). So all is over when the call returns, and it reports the few
who did not take everything. Without MSG_WAITALL short sends would pass in silence.
"""

import ctypes
import mmap
import os
import socket
import struct
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from web.fanout.crowd import Crowd, Shortfall, write_to_each
from web.fanout.line import LOST

ENTRIES = 4096
"""Sends in one system call."""

LONGEST = 16 * 1024
"""Bytes at most that are handed over by a ring; more, which is rare, is written."""

_SETUP, _ENTER = 425, 426
"""Numbers of the system calls, the same on all machines."""

_SKIPS_SUCCESS = 1 << 11
"""IORING_FEAT_CQE_SKIP, since Linux 5.17."""

_SQES = 0x10000000
"""IORING_OFF_SQES, where the entries are mapped; both rings are mapped at 0 (IORING_FEAT_SINGLE_MMAP)."""

_SEND = struct.pack(
    "<BB2xi8xQIIQ16x8x",
    26,  # IORING_OP_SEND
    1 << 6,  # IOSQE_CQE_SKIP_SUCCESS
    -1,
    0,
    0,
    socket.MSG_DONTWAIT | socket.MSG_WAITALL | socket.MSG_NOSIGNAL,
    0,
)
"""An entry of 64 bytes (struct io_uring_sqe)."""

_FD, _ADDRESS, _LENGTH, _NUMBER, _WORDS = 1, 4, 6, 8, 16
"""Where in it, in words of 4 bytes, these stand, and how many words it has."""

_FULL = -11
"""EAGAIN as a result."""


class NoRing(OSError):
    """The kernel, or who set it up, does not let us; the message says why."""


class Ring:
    """Hands the same bytes to many lines at once; open until `close`. Raises `NoRing`."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._number, parameters = self._set_up()
        self._held: list[Callable[[], None]] = [partial(os.close, self._number)]
        try:
            self._map(parameters)
            self._try_out()
        except BaseException:
            self.close()
            raise

    def __call__(self, crowd: Crowd, content: bytes | memoryview) -> Sequence[Shortfall]:
        """Offer a crowd of direct lines the same bytes, as `HandOver` says."""
        if len(content) > LONGEST:
            return write_to_each(crowd, content)
        return crowd.at(self.send(crowd.descriptors, content))

    def send(self, numbers: "array[int]", content: bytes | memoryview) -> list[tuple[int, int]]:
        """Send to sockets; gives the places of those that took less, with what they took, or `LOST`."""
        ctypes.memmove(self._content, bytes(content), len(content))
        short: list[tuple[int, int]] = []
        for start in range(0, len(numbers), ENTRIES):
            batch = numbers[start : start + ENTRIES]
            short += [(start + place, taken) for place, taken in self._submit(batch, len(content))]
        return short

    def close(self) -> None:
        """Give it back to the kernel; no error when that was done."""
        while self._held:
            self._held.pop()()

    def _set_up(self) -> tuple[int, bytes]:
        parameters = ctypes.create_string_buffer(120)  # struct io_uring_params
        number = self._libc.syscall(_SETUP, ENTRIES, parameters)
        if number < 0:
            raise NoRing(os.strerror(ctypes.get_errno()))
        return number, parameters.raw

    def _map(self, parameters: bytes) -> None:
        entries, completions, _, _, _, features = struct.unpack_from("6I", parameters)
        if entries != ENTRIES or not features & _SKIPS_SUCCESS:
            raise NoRing("an older kernel")
        _, tail, _, _, _, _, order = struct.unpack_from("7I", parameters, 40)
        done_head, done_tail, _, _, _, done = struct.unpack_from("6I", parameters, 80)
        size = max(order + 4 * entries, done + 16 * completions)
        self._rings = self._mapped(size, 0)
        self._heads = (tail // 4, done_head // 4, done_tail // 4)
        self._order = self._rings[order // 4 : order // 4 + entries]
        self._done = self._rings[done // 4 : done // 4 + 4 * completions]
        self._held += [self._order.release, self._done.release]
        self._content = ctypes.create_string_buffer(LONGEST)
        self._sends = self._mapped(64 * entries, _SQES)
        self._sends[:] = memoryview(_SEND * entries).cast("I")
        address = struct.unpack("2I", struct.pack("Q", ctypes.addressof(self._content)))
        for place, word in enumerate(address):
            self._sends[_ADDRESS + place :: _WORDS] = array("I", [word]) * entries
        self._sends[_NUMBER::_WORDS] = array("I", range(entries))
        self._places = array("I", range(entries))

    def _mapped(self, size: int, offset: int) -> memoryview:
        """Memory that we share with the kernel, in words."""
        shared = mmap.mmap(self._number, size, offset=offset)
        whole = memoryview(shared)
        words = whole.cast("I")
        self._held += [shared.close, whole.release, words.release]
        return words

    def _submit(self, numbers: "array[int]", length: int) -> list[tuple[int, int]]:
        count = len(numbers)
        end = _WORDS * count
        self._sends[_FD:end:_WORDS] = memoryview(numbers).cast("B").cast("I")
        self._sends[_LENGTH:end:_WORDS] = array("I", [length]) * count
        self._queue(count)
        begun = 0
        while begun < count:
            more = self._libc.syscall(_ENTER, self._number, count - begun, 0, 0, None, 0)
            if more <= 0:
                break
            begun += more
        if begun < count:  # the kernel has no memory for them now
            self._rings[self._heads[0]] = (self._rings[self._heads[0]] - (count - begun)) & 0xFFFFFFFF
        return [*self._results(), *((place, 0) for place in range(begun, count))]

    def _queue(self, count: int) -> None:
        """Put the first entries into the ring, which goes on where it was."""
        tail = self._rings[self._heads[0]]
        at = tail % ENTRIES
        before_the_seam = min(count, ENTRIES - at)
        self._order[at : at + before_the_seam] = memoryview(self._places)[:before_the_seam]
        self._order[: count - before_the_seam] = memoryview(self._places)[before_the_seam:count]
        self._rings[self._heads[0]] = (tail + count) & 0xFFFFFFFF

    def _results(self) -> list[tuple[int, int]]:
        _, done_head, done_tail = self._heads
        at, until = self._rings[done_head], self._rings[done_tail]
        short = []
        while at != until:
            place, _, result, _ = self._done[at % (len(self._done) // 4) * 4 :][:4]
            taken = result - (1 << 32) if result >= 1 << 31 else result
            short.append((place, 0 if taken == _FULL else LOST if taken < 0 else taken))
            at = (at + 1) & 0xFFFFFFFF
        self._rings[done_head] = until
        return short

    def _try_out(self) -> None:
        """See that this kernel does what we rely on: one takes all, one a part, one nothing, one is gone."""
        pairs = [socket.socketpair() for _ in range(4)]
        whole, part, full, gone = (near for near, _ in pairs)
        content = bytes(LONGEST)
        try:
            for near, room in ((whole, 4 * LONGEST), (part, LONGEST // 4), (full, LONGEST // 4)):
                near.setblocking(False)
                near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, room)
            with suppress(BlockingIOError):
                while full.send(content):
                    pass
            pairs[3][1].close()
            numbers = array("i", [near.fileno() for near in (whole, part, full, gone)])
            told = dict(self.send(numbers, content))
            if 0 in told or not 0 < told.get(1, 0) < LONGEST or (told.get(2), told.get(3)) != (0, LOST):
                raise NoRing("the kernel does not tell who took less")
        finally:
            for pair in pairs:
                for end in pair:
                    end.close()


def open_ring() -> Ring | None:
    """A ring, or None where there is none; why, `Ring` says."""
    try:
        return Ring()
    except OSError:
        return None
