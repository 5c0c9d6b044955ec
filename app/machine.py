"""What the machine must offer before anything starts: a port, a way out for the voice, descriptors."""

import ctypes
import errno
import fcntl
import os
import resource
import socket
import struct
from contextlib import suppress

from app.supervision import CannotRun
from web.entrance import ROOM

_SIOCGIFFLAGS, _SIOCGIFADDR = 0x8913, 0x8915
"""Ask the kernel for an interface's flags and for its IPv4 address (linux/sockios.h)."""

_UP, _LOOPBACK = 0x1, 0x8
"""Flags of an interface (linux/if.h)."""

_PR_SET_DUMPABLE = 4
"""Whether there may be an image of the process's memory (linux/prctl.h)."""

_NAME = 16
"""Bytes of an interface's name, with which every such question and answer begins."""

SPARE_DESCRIPTORS = ROOM + 200
"""Open files beyond those of the listeners (one for the sound, one for events): who is at the gallery's door,
and database, bot, relay.
"""

URGENT = -10
"""The nice value of what carries sound."""


def check_port(host: str, port: int, setting: str) -> None:
    """See that a TCP port can be bound.

    Raises:
        CannotRun: it is taken, or the address is not this machine's; the message names the setting.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotRun(
                    f"Port {port} is taken: free it, or choose another one by {setting}."
                ) from error
            where = f"{host:.80}:{port}"
            raise CannotRun(
                f"{where} cannot be served on ({error.strerror}): see LOGGIONE_WEB_HOST and {setting}."
            ) from error
        except UnicodeError as error:
            raise CannotRun(f"LOGGIONE_WEB_HOST: {host!r:.80} is no address to serve on.") from error


def has_voice_interface() -> bool:
    """Whether an interface besides loopback is up with an address, which the native call library insists on.

    Asks the kernel, not /sys, which shows the interfaces of another network namespace.
    """
    return any(_is_way_out(name) for _, name in socket.if_nameindex())


def check_voice_interface() -> None:
    """See that the voice has a way out; raises `CannotRun` with what to do about it."""
    if not has_voice_interface():
        raise CannotRun(
            "No network interface besides loopback is up with an address, and the call library needs one "
            "even to talk to this very machine. Connect to any network, or try `make demo NETNS=1`."
        )


def leave_no_core() -> None:
    """Write no image of this process's memory, however it dies: live connections stand in it, and secrets.

    The limit is for files, and for children too; that the process cannot be dumped is for programs to which
    the kernel hands cores, and which heed no limit (core(5), prctl(2)).
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0)


def come_first() -> None:
    """Ask the system to serve us before other programs: late sound is lost sound.

    Threads and processes that are started later inherit it. Without the right to ask, nothing happens.
    """
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, URGENT)


def descriptors_for(listeners: int) -> int:
    """How many open files so many listeners need, with all the rest."""
    return 2 * listeners + SPARE_DESCRIPTORS


def raise_descriptor_limit(wanted: int) -> None:
    """Let the process hold as many sockets as it may serve; raises `CannotRun` when the system forbids it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted:
        return
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise CannotRun(
            f"LOGGIONE_LISTENER_LIMIT needs {wanted} open files and the system allows {hard}: "
            f"lower it, or raise the limit (ulimit -n, LimitNOFILE=)."
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _is_way_out(name: str) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("256s", name.encode())
        try:
            flags: int = struct.unpack_from("H", fcntl.ioctl(probe, _SIOCGIFFLAGS, request), _NAME)[0]
            fcntl.ioctl(probe, _SIOCGIFADDR, request)
        except OSError:
            return False
    return flags & _UP != 0 and flags & _LOOPBACK == 0
