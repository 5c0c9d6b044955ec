"""Links: which addresses Telegram takes, and how it spells them."""

import pytest

from sandbox.bot_api.links import BadLink, check_link, is_start_link, linked_user


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org", "https://example.org/"),
        (" https://example.org/a#b ", "https://example.org/a#b"),
        ("http://127.0.0.1:8080/l/key", "http://127.0.0.1:8080/l/key"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("example.org?a=b", "http://example.org/?a=b"),
        ("example.org:8080/x", "http://example.org:8080/x"),
        ("t.me/careers?videochat", "http://t.me/careers?videochat"),
        ("tg://join?invite=x", "tg://join?invite=x"),
    ],
)
def test_a_link_is_kept_in_full(address: str, kept: str) -> None:
    assert check_link(address) == kept


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "Wrong HTTP URL"),
        ("localhost", "Wrong HTTP URL"),
        ("http://localhost:8080/", "Wrong HTTP URL"),
        ("http://a b.org", "Wrong HTTP URL"),
        ("http://example.org:99999/", "Wrong HTTP URL"),
        ("http://[::1/", "Wrong HTTP URL"),
        ("ftp://example.org/", "Unsupported URL protocol"),
        ("javascript://example.org/", "Unsupported URL protocol"),
    ],
)
def test_what_is_no_link_is_refused(address: str, why: str) -> None:
    with pytest.raises(BadLink, match=why):
        check_link(address)


def test_web_apps_want_https() -> None:
    assert check_link("https://example.org/app", is_secure=True) == "https://example.org/app"
    with pytest.raises(BadLink, match="Only HTTPS links are allowed"):
        check_link("http://example.org/app", is_secure=True)


def test_only_a_user_link_means_a_person() -> None:
    assert linked_user("tg://user?id=12") == 12
    assert linked_user("tg://user?id=x") is None
    assert linked_user("https://example.org/?id=12") is None


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://t.me/loggia_bot?start=x", True),
        ("http://telegram.me/Loggia_Bot?start=x", True),
        ("https://telegram.dog/loggia_bot/?a=b&start=x", True),
        ("tg://resolve?domain=loggia_bot&start=x", True),
        ("https://t.me/loggia_bot", False),
        ("https://t.me/loggia_bot?start=", False),
        ("https://t.me/loggia_bot?startgroup=x", False),
        ("https://t.me/rival_bot?start=x", False),
        ("https://example.org/loggia_bot?start=x", False),
        ("tg://resolve?domain=rival_bot&start=x", False),
        ("tg://join?domain=loggia_bot&start=x", False),
        ("tg://[?domain=loggia_bot&start=x", False),
    ],
)
def test_which_links_start_the_bot(address: str, is_one: bool) -> None:
    assert is_start_link(address, "loggia_bot") is is_one
