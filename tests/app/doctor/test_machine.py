"""The machine's port, interface and descriptors; a port that is taken may be ours."""

import socket
from pathlib import Path

from aiohttp import web

from app.doctor.machine import check_descriptors, check_interface, check_port
from tests.app.doctor.cases import case_of
from tests.app.doctor.servers import serving


async def healthy(_: web.Request) -> web.StreamResponse:
    return web.Response(text="ok\n")


async def strange(_: web.Request) -> web.StreamResponse:
    return web.Response(text="welcome to another server")


async def test_a_free_port_is_well(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (finding,) = await check_port(case_of(tmp_path, web_port=port))
    assert finding.line == f"ok  port: {port} is free"


async def test_a_port_on_which_we_serve_is_well(tmp_path: Path) -> None:
    async with serving(healthy) as port:
        (finding,) = await check_port(case_of(tmp_path, web_port=port, is_running=True))
    assert finding.line == f"ok  port: our gallery serves on {port}"


async def test_a_port_on_which_another_program_serves_is_taken(tmp_path: Path) -> None:
    async with serving(strange) as port:
        for is_running in (True, False):
            (finding,) = await check_port(case_of(tmp_path, web_port=port, is_running=is_running))
            assert f"Port {port} is taken" in finding.line
            assert not finding.is_well


async def test_a_gallery_of_another_house_is_not_ours(tmp_path: Path) -> None:
    async with serving(healthy) as port:
        (finding,) = await check_port(case_of(tmp_path, web_port=port, is_running=False))
    assert not finding.is_well


async def test_a_house_that_serves_nothing_is_told(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (finding,) = await check_port(case_of(tmp_path, web_port=port, is_running=True))
    assert "Loggione runs, and serves nothing on" in finding.line


async def test_an_address_of_another_machine_cannot_be_served(tmp_path: Path) -> None:
    (finding,) = await check_port(case_of(tmp_path, web_host="192.0.2.7"))
    assert "LOGGIONE_WEB_HOST" in finding.line


async def test_files_enough_for_the_listeners_are_asked_of_the_system(tmp_path: Path) -> None:
    (finding,) = await check_descriptors(case_of(tmp_path, listener_limit=10))
    assert finding.line == "ok  open files: the system allows the 1220 that 10 listeners need"


async def test_the_interface_is_told(tmp_path: Path) -> None:
    (finding,) = await check_interface(case_of(tmp_path))
    assert finding.subject == "network interface"
