"""Society: who there is, what they are to a chat, and who is told."""

import pytest

from sandbox.world.changes import Change, ChatUpgraded, MemberChanged, MessagePosted
from sandbox.world.entities import Chat, ChatKind, Membership, Person, Status
from sandbox.world.errors import ApiError
from sandbox.world.messages import Draft
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
    names = [who for who, change in heard if isinstance(change, MemberChanged)]
    assert names == ["first", "second", "second"]


def test_a_watcher_may_stop_while_it_is_told(street: Neighbourhood) -> None:
    heard: list[str] = []

    def once(_: Change) -> None:
        heard.append("once")
        stop()

    stop = street.society.watch(once)
    street.society.watch(lambda _: heard.append("always"))
    street.seat(STRANGER)
    assert heard == ["once", "always", "always"]


def test_names_are_as_chats_show_them() -> None:
    assert Person(1, "Ada", "Lovelace").name == "Ada Lovelace"
    assert Person(1, "Ada").name == "Ada"


def test_telegram_s_clock_shows_whole_seconds() -> None:
    society = Society()
    assert society.now is wall_clock
    assert society.now().microsecond == 0
    assert society.now().utcoffset() is not None


def test_what_a_watcher_brings_about_is_told_after_what_it_heard(street: Neighbourhood) -> None:
    kinds: list[type] = []
    street.society.watch(lambda change: kinds.append(type(change)))
    street.seat(STRANGER)
    assert kinds == [MemberChanged, MessagePosted]


def test_a_watcher_that_fails_does_not_silence_the_world(street: Neighbourhood) -> None:
    def fail(_: Change) -> None:
        raise RuntimeError("no ears")

    stop = street.society.watch(fail)
    with pytest.raises(RuntimeError, match="no ears"):
        street.seat(STRANGER)
    stop()
    street.told.clear()
    street.seat(STRANGER, Status.LEFT)
    assert len(street.heard(MemberChanged)) == 1


@pytest.fixture
def choir(street: Neighbourhood) -> Chat:
    """A basic group of Ada's with Bruno as an admin, Chiara as a member, and somebody who was thrown out."""
    chat = street.society.create_group("Choir", ADA, is_super=False)
    pins = frozenset({"can_pin_messages"})
    chat.members[BRUNO] = Membership(BRUNO, Status.ADMINISTRATOR, pins)
    chat.members[CHIARA] = Membership(CHIARA)
    chat.members[STRANGER] = Membership(STRANGER, Status.KICKED)
    return chat


def test_an_upgrade_takes_title_and_members_along(street: Neighbourhood, choir: Chat) -> None:
    before = [choir.members[one] for one in (ADA, BRUNO, CHIARA)]
    new = street.society.upgrade(choir, ADA)
    assert (new.kind, new.title) == (ChatKind.SUPERGROUP, "Choir")
    assert new.id not in (choir.id, street.group.id)
    assert list(new.members.values()) == before
    assert street.society.chat(new.id) is new


def test_after_an_upgrade_only_the_new_chat_is_seen(street: Neighbourhood, choir: Chat) -> None:
    new = street.society.upgrade(choir, ADA)
    assert list(street.society.chats_of(CHIARA)) == [street.group, new]
    with pytest.raises(ApiError, match="upgraded to a supergroup chat"):
        street.society.chat(choir.id)


def test_both_chats_say_that_there_was_an_upgrade(street: Neighbourhood, choir: Chat) -> None:
    street.messages.post(choir, CHIARA, Draft("la la"))
    new = street.society.upgrade(choir, ADA)
    assert street.service(choir) == [("migrate_to_chat_id", new.id)]
    assert street.service(new) == [("migrate_from_chat_id", choir.id)]
    assert list(new.messages) == [1]
    assert street.heard(ChatUpgraded) == [ChatUpgraded(choir.id, new.id, ADA)]


def test_a_call_goes_on_in_the_supergroup(street: Neighbourhood, choir: Chat) -> None:
    call = street.calls.create(choir, ADA)
    street.calls.join(call, CHIARA, 7, muted=True)
    new = street.society.upgrade(choir, ADA)
    assert (new.call, choir.call, call.chat) == (call, None, new.id)
    street.calls.set_muted(call, CHIARA, CHIARA, muted=False)
    assert street.calls.get(call.id, CHIARA) is call


def test_only_a_basic_group_is_upgraded_once_and_by_its_creator(street: Neighbourhood, choir: Chat) -> None:
    with pytest.raises(ApiError, match="only a basic group"):
        street.society.upgrade(street.group, ADA)
    for somebody in (BRUNO, BOT):
        with pytest.raises(ApiError, match="only its creator"):
            street.society.upgrade(choir, somebody)
    street.society.upgrade(choir, ADA)
    with pytest.raises(ApiError, match="was upgraded"):
        street.society.upgrade(choir, ADA)


def test_no_two_chats_have_the_same_number(street: Neighbourhood, choir: Chat) -> None:
    channel = street.society.create_channel("News", ADA)
    new = street.society.upgrade(choir, ADA)
    small = street.society.create_group("Trio", ADA, is_super=False)
    chats = [street.group, channel, new, choir, small]
    assert len({chat.id for chat in chats}) == len(chats) == len(street.society.chats)


def test_a_channel_and_its_group_know_each_other_and_nobody_else(street: Neighbourhood) -> None:
    news, sport = (street.society.create_channel(title, ADA) for title in ("News", "Sport"))
    street.society.link(news, street.group)
    assert (news.linked, street.group.linked) == (street.group.id, news.id)
    street.society.link(sport, street.group)
    assert (news.linked, sport.linked, street.group.linked) == (None, street.group.id, sport.id)


def test_blocking_is_told_once_and_undone(street: Neighbourhood) -> None:
    chat = street.society.private(CHIARA, BOT)
    for _ in range(2):
        street.society.block(CHIARA, BOT, is_blocked=True)
    assert chat.members[BOT].status is Status.KICKED
    street.society.block(CHIARA, BOT, is_blocked=False)
    statuses = [change.new.status for change in street.heard(MemberChanged)]
    assert statuses == [Status.KICKED, Status.MEMBER]
    assert chat.messages == {}


def test_somebody_restricted_may_be_in_the_chat_or_out_of_it() -> None:
    assert Membership(1, Status.RESTRICTED).is_present
    assert not Membership(1, Status.RESTRICTED, is_member=False).is_present
    assert not Membership(1, Status.RESTRICTED, frozenset({"can_pin_messages"})).may("can_pin_messages")
