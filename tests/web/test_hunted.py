"""No door can be added that the canary hunt does not visit."""

import re
from collections.abc import Mapping, Sequence

import pytest

from tests.e2e.test_canaries import HATCHES, PATHS, STREAMS
from tests.web.house import House, open_house

PLACES = {"key": "listen-key", "group": "programme", "path": "canary", "web": "http://x"}
VISITED: Mapping[str, Sequence[str]] = {"GET": (*PATHS, *STREAMS), "POST": HATCHES}


@pytest.mark.parametrize("method", VISITED)
async def test_every_door_is_visited_by_the_hunt(method: str) -> None:
    async with open_house() as house:
        doors = _patterns(house, method)
    visited = [path.format(**PLACES).partition("?")[0] for path in VISITED[method]]
    assert [door for door in doors if not any(_leads(door, path) for path in visited)] == []


def _patterns(house: House, method: str) -> Sequence[re.Pattern[str]]:
    return [pattern for pattern, _door in house.server._doors._doors[method]]


def _leads(door: re.Pattern[str], path: str) -> bool:
    return door.fullmatch(path) is not None
