"""Only what says to come from a page of our own is taken."""

import pytest
from aiohttp.test_utils import make_mocked_request

from web.origins import ForeignOrigin, demand_ours

PUBLIC_URL = "https://talks.example"


def is_ours(**headers: str) -> bool:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = make_mocked_request("POST", "/", headers={"Host": "talks.example:8443", **named})
    try:
        demand_ours(request, PUBLIC_URL)
    except ForeignOrigin:
        return False
    return True


@pytest.mark.parametrize(
    "origin", ["https://talks.example", "HTTPS://Talks.Example", "https://talks.example:8443"]
)
def test_our_address_as_published_or_as_reached_is_ours(origin: str) -> None:
    assert is_ours(Origin=origin)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://talks.example.evil",
        "https://evil",
        "https://talks.example/",
        "ftp://talks.example",
    ],
)
def test_every_other_origin_is_foreign(origin: str) -> None:
    assert not is_ours(Origin=origin)


def test_what_the_browser_says_of_the_site_counts_more_than_the_origin() -> None:
    assert is_ours(Sec_Fetch_Site="same-origin", Origin="null")
    assert not is_ours(Sec_Fetch_Site="same-site", Origin="https://talks.example")


def test_who_says_nothing_is_not_believed() -> None:
    assert not is_ours()
