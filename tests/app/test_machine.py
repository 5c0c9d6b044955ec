"""What the machine lacks is said before anything is started."""

import resource
import socket
from pathlib import Path

import pytest

from app.machine import check_port, has_voice_interface, raise_descriptor_limit
from app.supervision import CannotRun


def test_a_taken_port_is_refused_by_number_and_setting() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotRun, match=f"Port {port} is taken.*LOGGIONE_WEB_PORT"):
            check_port("127.0.0.1", port, "LOGGIONE_WEB_PORT")


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CannotRun, match="LOGGIONE_WEB_PORT"):
        check_port("192.0.2.77", 0, "LOGGIONE_WEB_PORT")


def test_a_machine_with_nothing_but_loopback_has_no_way_out_for_the_voice(tmp_path: Path) -> None:
    for name, flags in (("lo", "0x9"), ("eth9", "0x1002"), ("veth9", "0x1003")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "flags").write_text(f"{flags}\n")
    assert not has_voice_interface(tmp_path)


def test_descriptors_beyond_what_the_system_allows_are_refused() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    raise_descriptor_limit(100)
    with pytest.raises(CannotRun, match="LOGGIONE_LISTENER_LIMIT"):
        raise_descriptor_limit(hard + 1)
