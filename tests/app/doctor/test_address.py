"""The public address is for others, has TLS, and leads to us."""

from pathlib import Path

import pytest
from aiohttp import web

from app.doctor.address import check_address, is_local
from tests.app.doctor.cases import case_of
from tests.app.doctor.servers import serving


async def healthy(request: web.Request) -> web.StreamResponse:
    return web.Response(text="ok\n" if request.path == "/gallery/health" else "no")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:8080", "leads to this machine alone"),
        ("https://localhost", "leads to this machine alone"),
        ("http://[::1]:8080", "leads to this machine alone"),
        ("http://talks.example.org", "served without TLS"),
    ],
)
async def test_what_cannot_be_meant_for_listeners_is_told_with_what_to_write(
    tmp_path: Path, url: str, said: str
) -> None:
    (finding,) = await check_address(case_of(tmp_path, public_url=url))
    assert said in finding.line
    assert "such as https://talks.example.org, into LOGGIONE_PUBLIC_URL." in finding.advice


async def test_on_a_sandbox_this_machine_is_enough(tmp_path: Path) -> None:
    async with serving(healthy) as port:
        url = f"http://127.0.0.1:{port}/gallery"
        case = case_of(tmp_path, public_url=url, sandbox_mtproto=tmp_path / "socket", is_running=True)
        (finding,) = await check_address(case)
    assert finding.line == "ok  public address: 127.0.0.1 leads to the gallery"


async def test_on_a_sandbox_nothing_is_missed_while_nothing_runs(tmp_path: Path) -> None:
    case = case_of(tmp_path, public_url="http://127.0.0.1:9", sandbox_mtproto=tmp_path / "socket")
    (finding,) = await check_address(case)
    assert finding.is_well


async def test_an_address_that_leads_elsewhere_is_told_while_we_run(tmp_path: Path) -> None:
    async with serving(healthy) as port:
        case = case_of(
            tmp_path,
            public_url=f"http://127.0.0.1:{port}",
            sandbox_mtproto=tmp_path / "socket",
            is_running=True,
        )
        (finding,) = await check_address(case)
    assert (
        "answers with status 200, and is not the gallery. Let its proxy lead to 127.0.0.1:8080."
        in finding.line
    )


async def test_an_address_that_nobody_knows_is_told(tmp_path: Path) -> None:
    (finding,) = await check_address(case_of(tmp_path, public_url="https://talks.invalid"))
    assert "talks.invalid was not reached" in finding.line


async def test_a_server_without_tls_is_not_reached_by_https(tmp_path: Path) -> None:
    async with serving(healthy) as port:
        case = case_of(
            tmp_path, public_url=f"https://127.0.0.1:{port}", sandbox_mtproto=tmp_path / "s", is_running=True
        )
        (finding,) = await check_address(case)
    assert "was not reached" in finding.line


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("a.localhost", True), ("127.1.2.3", True), ("10.0.0.1", False)]
)
def test_which_hosts_are_this_machine(host: str, local: bool) -> None:
    assert is_local(host) is local
