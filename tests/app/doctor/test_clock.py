"""The clock is compared with that of the Bot API's server."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from app.doctor.clock import check_clock, check_zones
from app.doctor.findings import Finding
from tests.app.doctor.cases import case_of
from tests.app.doctor.servers import serving


async def compared(folder: Path, date: str) -> Finding:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text="", status=404, headers={"Date": date})

    async with serving(answer) as port:
        (finding,) = await check_clock(case_of(folder, bot_api_url=f"http://127.0.0.1:{port}"))
    return finding


@pytest.mark.parametrize(
    ("off", "said"),
    [
        (timedelta(0), "it agrees with that of 127.0.0.1"),
        (timedelta(minutes=2), "seconds behind that of 127.0.0.1. Let the system keep it right"),
        (timedelta(days=-400), "seconds ahead of that of 127.0.0.1."),
    ],
)
async def test_how_far_it_is_off_is_told(tmp_path: Path, off: timedelta, said: str) -> None:
    finding = await compared(tmp_path, format_datetime(datetime.now(UTC) + off, usegmt=True))
    assert said in finding.line
    assert finding.is_well is (off == timedelta(0))


@pytest.mark.parametrize("date", ["yesterday", "Tue, 99 Nov 2026 10:00:00 GMT", "25 Nov 2026 10:00:00"])
async def test_a_server_that_tells_no_time_proves_nothing(tmp_path: Path, date: str) -> None:
    assert (await compared(tmp_path, date)).subject == "clock"


async def test_a_server_that_is_not_there_cannot_be_asked(tmp_path: Path) -> None:
    (finding,) = await check_clock(case_of(tmp_path, bot_api_url="http://user:hunter2@127.0.0.1:9"))
    assert "was not reached" in finding.line
    assert "hunter2" not in finding.line


async def test_the_rules_of_zones_are_told_with_where_they_come_from(tmp_path: Path) -> None:
    (finding,) = await check_zones(case_of(tmp_path))
    assert finding.is_well
    assert "Europe/Rome among them" in finding.found
