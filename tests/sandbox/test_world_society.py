"""Society: who there is, what they are to a chat, and who is told."""

import pytest

from sandbox.world.changes import Change, MemberChanged
from sandbox.world.entities import ChatKind, Membership, Person, Status
from sandbox.world.errors import ApiError
from sandbox.world.society import Society, wall_clock
from tests.sandbox.neighbours import ADA, BOT, BRUNO, CHIARA, DANIELE, STRANGER, Neighbourhood


@pytest.fixture
def street() -> Neighbourhood:
    return Neighbourhood()


def test_chats_have_ids_of_their_kind_s_shape(street: Neighbourhood) -> None:
    small = street.society.create_group("Cinema", ADA, is_super=False)
    other = street.society.create_group("Readers", ADA, is_forum=True)
    assert street.group.id != other.id
    assert all(str(chat.id).startswith("-100") and len(str(chat.id)) == 14 for chat in (street.group, other))
    assert (small.kind, small.id < 0) == (ChatKind.GROUP, True)
    assert (other.kind, other.is_forum) == (ChatKind.SUPERGROUP, True)


def test_who_creates_a_group_may_everything_in_it(street: Neighbourhood) -> None:
    ada = street.group.members[ADA]
    assert ada.is_admin
    assert ada.may("can_manage_video_chats")


def test_an_admin_may_what_was_granted_and_a_member_nothing(street: Neighbourhood) -> None:
    bruno, chiara = street.group.members[BRUNO], street.group.members[CHIARA]
    assert bruno.may("can_manage_video_chats")
    assert not bruno.may("can_pin_messages")
    assert not Membership(CHIARA, Status.MEMBER, frozenset({"can_pin_messages"})).may("can_pin_messages")
    assert (chiara.is_admin, chiara.is_present) == (False, True)


def test_a_private_chat_exists_once_it_was_opened(street: Neighbourhood) -> None:
    with pytest.raises(ApiError, match="chat not found"):
        street.society.chat(CHIARA)
    chat = street.society.private(CHIARA, BOT)
    assert street.society.private(CHIARA, BOT) is chat
    assert street.society.chat(CHIARA) is chat
    assert (chat.kind, chat.title, set(chat.members)) == (ChatKind.PRIVATE, "Chiara", {CHIARA, BOT})


def test_a_change_of_standing_is_told_as_it_was_and_is(street: Neighbourhood) -> None:
    street.seat(STRANGER)
    street.seat(STRANGER, Status.KICKED)
    left, member = Membership(STRANGER, Status.LEFT), Membership(STRANGER)
    kicked = Membership(STRANGER, Status.KICKED)
    assert street.heard(MemberChanged) == [
        MemberChanged(street.group.id, ADA, left, member),
        MemberChanged(street.group.id, ADA, member, kicked),
    ]


def test_what_was_told_stays_as_it_was_told(street: Neighbourhood) -> None:
    membership = Membership(STRANGER)
    street.society.set_member(street.group, membership, ADA)
    membership.custom_title = "Guest"
    assert street.heard(MemberChanged)[0].new.custom_title == ""


def test_people_see_the_chats_they_are_in(street: Neighbourhood) -> None:
    other = street.society.create_group("Readers", CHIARA)
    private = street.society.private(CHIARA, BOT)
    assert list(street.society.chats_of(CHIARA)) == [street.group, other, private]
    street.seat(CHIARA, Status.LEFT)
    assert list(street.society.chats_of(CHIARA)) == [other, private]
    assert list(street.society.chats_of(STRANGER)) == []


def test_a_group_that_was_upgraded_is_found_under_its_new_id_only(street: Neighbourhood) -> None:
    old = street.society.create_group("Cinema", ADA, is_super=False)
    street.society.upgraded[old.id] = street.group.id
    with pytest.raises(ApiError, match="upgraded to a supergroup chat") as refused:
        street.society.chat(old.id)
    assert (refused.value.status, refused.value.parameters) == (400, {"migrate_to_chat_id": street.group.id})


def test_a_bot_is_known_by_its_token_and_a_person_by_none(street: Neighbourhood) -> None:
    bot = street.society.bot_of("6:secret")
    assert bot is not None
    assert bot.id == BOT
    assert street.society.bot_of("6:guess") is None
    assert street.society.bot_of("") is None


def test_watchers_are_told_in_order_until_they_stop(street: Neighbourhood) -> None:
    heard: list[tuple[str, Change]] = []
    stop = street.society.watch(lambda change: heard.append(("first", change)))
    street.society.watch(lambda change: heard.append(("second", change)))
    street.seat(STRANGER)
    stop()
    street.seat(DANIELE)
    assert [who for who, _ in heard] == ["first", "second", "second"]


def test_a_watcher_may_stop_while_it_is_told(street: Neighbourhood) -> None:
    heard: list[str] = []

    def once(_: Change) -> None:
        heard.append("once")
        stop()

    stop = street.society.watch(once)
    street.society.watch(lambda _: heard.append("always"))
    street.seat(STRANGER)
    street.seat(STRANGER, Status.LEFT)
    assert heard == ["once", "always", "always"]


def test_names_are_as_chats_show_them() -> None:
    assert Person(1, "Ada", "Lovelace").name == "Ada Lovelace"
    assert Person(1, "Ada").name == "Ada"


def test_telegram_s_clock_shows_whole_seconds() -> None:
    society = Society()
    assert society.now is wall_clock
    assert society.now().microsecond == 0
    assert society.now().utcoffset() is not None
