"""Which relay account has which call, and who is asked first."""

import asyncio
from dataclasses import dataclass, field

import pytest

from rooms.errors.calls import NoAccount, RelayNotInChat
from rooms.ids import ChatId, RoomId
from voice.pool.homes import Homes

ROOM, CHAT, ELSEWHERE = RoomId(7), ChatId(-1001), ChatId(-1002)


@dataclass
class Account:
    name: str
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    rests_for: float = 0.0

    def __post_init__(self) -> None:
        self.is_up.set()


@dataclass
class Street:
    """Three accounts that are up, and where they are at home."""

    one: Account
    two: Account
    three: Account
    homes: Homes[Account]

    def order(self, room: RoomId | None = ROOM, chat: ChatId | None = CHAT) -> list[str]:
        return [account.name for account in self.homes.fit(room, chat)]


@pytest.fixture
def street() -> Street:
    one, two, three = Account("one"), Account("two"), Account("three")
    return Street(one, two, three, Homes({account.name: account for account in (one, two, three)}))


def test_nobody_comes_before_anybody_without_a_reason(street: Street) -> None:
    assert street.order() == ["one", "two", "three"]


def test_who_has_the_call_is_asked_first_even_while_it_is_down(street: Street) -> None:
    street.homes.settle(ROOM, CHAT, "three")
    street.three.is_up.clear()
    assert street.order() == ["three", "one", "two"]
    assert street.homes.holder(ROOM, CHAT) is street.three
    assert street.homes.known == {ROOM: "three"}


def test_who_is_up_comes_before_who_rests_and_who_had_the_chat_before_others(street: Street) -> None:
    street.homes.prefer(CHAT, "three")
    assert street.order() == ["three", "one", "two"]
    assert street.order(chat=ELSEWHERE) == ["one", "two", "three"]
    street.three.rests_for = 5.0
    street.one.is_up.clear()
    assert street.order() == ["two", "three", "one"]


def test_who_was_ousted_from_a_call_is_not_asked_about_it_until_it_is_readmitted(street: Street) -> None:
    street.homes.settle(ROOM, CHAT, "one")
    street.homes.oust(ROOM, "one")
    assert street.homes.home(ROOM) is None
    assert street.order() == ["two", "three"]
    assert street.order(room=RoomId(8)) == ["one", "two", "three"]
    street.homes.readmit(ROOM)
    assert street.order() == ["one", "two", "three"]


def test_who_rests_when_it_is_ousted_may_be_asked_again(street: Street) -> None:
    street.one.rests_for = 5.0
    street.homes.oust(ROOM, "one")
    assert street.order() == ["two", "three", "one"]


def test_who_goes_leaves_all_its_calls(street: Street) -> None:
    street.homes.settle(ROOM, CHAT, "one")
    street.homes.settle(RoomId(8), ELSEWHERE, "two")
    assert street.homes.vacate("one")
    assert not street.homes.vacate("one")
    assert street.homes.known == {RoomId(8): "two"}


def test_a_room_that_is_closed_is_forgotten_with_who_was_ousted_from_it(street: Street) -> None:
    street.homes.settle(ROOM, CHAT, "one")
    street.homes.oust(ROOM, "two")
    street.homes.close(ROOM)
    assert street.homes.known == {}
    assert len(street.order()) == 3
    street.homes.close(ROOM)


def test_who_is_refused_is_asked_nothing_and_anybody_may_close_for_it(street: Street) -> None:
    street.homes.settle(ROOM, CHAT, "one")
    street.homes.refused["one"] = "SESSION_REVOKED"
    assert street.order() == ["two", "three"]
    assert street.homes.holder(ROOM, CHAT) is street.two


def test_why_nobody_can_be_asked_is_told(street: Street) -> None:
    for account in (street.one, street.two, street.three):
        street.homes.oust(ROOM, account.name)
    with pytest.raises(RelayNotInChat):
        street.homes.holder(ROOM, CHAT)
    for account in (street.one, street.two, street.three):
        street.homes.refused[account.name] = f"{account.name} was revoked"
    with pytest.raises(NoAccount, match="three was revoked"):
        street.homes.holder(RoomId(8), CHAT)
