"""The process that masters: an order comes in as JSON, its answer goes out, and nobody is slowed down."""

import ctypes
import os
import signal
import sys

from containers.ogg import NotOggOpus
from voice.mastering.cuts import TooSmall
from voice.mastering.mastering import master
from voice.mastering.orders import OrderMalformed, order_from_json, replay_to_json

NICENESS = 10

PR_SET_PDEATHSIG = 1
"""That we die with the process that started us, so that no two ever work at one recording (prctl(2))."""

FAILED, MALFORMED = 1, 2
"""Exit codes; what went wrong is a sentence on the error output."""


def main() -> int:
    """Serve the one order that is read from the input."""
    os.nice(NICENESS)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        replay = master(order_from_json(sys.stdin.buffer.read()))
    except OrderMalformed as error:
        return _tell(f"the order is malformed: {error}", MALFORMED)
    except TooSmall as error:
        return _tell(f"no part of the replay fits into {error} bytes", MALFORMED)
    except NotOggOpus as error:
        return _tell(f"{error} is spoilt beyond its first page", FAILED)
    except OSError as error:
        return _tell(f"the disk refuses: {error}", FAILED)
    sys.stdout.buffer.write(replay_to_json(replay))
    return 0


def _tell(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
