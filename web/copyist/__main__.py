"""The process that copies: takes orders over the socket that its argument names, until its other end closes.

`python -m web.copyist <file descriptor>`. It ends by itself when it has had nothing to do for a while.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import suppress

from web.copyist.copying import Copying
from web.copyist.messages import Begin, End, Frames, Order, Sound, Unframer, framed

PATIENCE = 60.0
"""Seconds without any copy to be made, after which it ends."""

READ = 64 * 1024
"""Bytes read at once."""


def main() -> None:
    """Copy until nobody asks any more."""
    with socket.socket(fileno=int(sys.argv[-1])) as link, suppress(ConnectionError):
        work(link)


def work(link: socket.socket, patience: float = PATIENCE) -> None:
    """Carry out what is ordered until the link closes, or there was nothing to copy for so many seconds."""
    orders: Unframer[Order] = Unframer(Order)
    copies: dict[int, Copying] = {}
    while True:
        link.settimeout(None if copies else patience)
        try:
            data = link.recv(READ)
        except TimeoutError:
            return
        if not data:
            return
        answers = [answer for order in orders.feed(data) for answer in _carry_out(order, copies)]
        if answers:
            link.sendall(b"".join(map(framed, answers)))


def _carry_out(order: Order, copies: dict[int, Copying]) -> Iterator[Frames]:
    match order:
        case Begin():
            copies[order.number] = Copying(order.codec)
        case Sound():
            take = copies[order.number].take
            frames = [frame for at, packet in order.packets for frame in take(at, packet)]
            if frames:
                yield Frames(order.number, frames)
        case End():
            yield Frames(order.number, [*copies.pop(order.number).finish()], is_last=True)


if __name__ == "__main__":
    main()
