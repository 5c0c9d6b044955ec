"""The process that copies: takes orders over the socket that its argument names, until its other end closes.

`python -m web.copyist <file descriptor>`. It ends by itself when it has had nothing to do for a while.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import suppress

from web.copyist.copying import Copying
from web.copyist.messages import Begin, End, Frame, Order, Sound, Unframer, framed

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
        frames = [frame for order in orders.feed(data) for frame in _carry_out(order, copies)]
        if frames:
            link.sendall(b"".join(map(framed, frames)))


def _carry_out(order: Order, copies: dict[int, Copying]) -> Iterator[Frame]:
    match order:
        case Begin():
            copies[order.number] = Copying(order.codec)
        case Sound():
            for at, content in copies[order.number].take(order.at, order.opus):
                yield Frame(order.number, at, content)
        case End():
            del copies[order.number]


if __name__ == "__main__":
    main()
