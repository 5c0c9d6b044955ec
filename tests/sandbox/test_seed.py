"""What a sandbox begins with."""

import pytest

from sandbox.people.cast import PARTS, Cast
from sandbox.seed import seed_demo, seed_empty
from sandbox.world.entities import Chat, ChatKind, Status
from sandbox.world.world import World

TOKEN = "700000001:seed"
KEYS = ("careers", "readers", "stage", "gazette", "lounge", "choir")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def cast(world: World) -> Cast:
    return seed_demo(world, TOKEN)


def group(world: World, cast: Cast, key: str) -> Chat:
    return world.society.chats[cast.chats[key]]


def test_the_bot_has_its_token_and_the_number_in_it(world: World, cast: Cast) -> None:
    bot = world.society.bot_of(TOKEN)
    assert bot is not None
    assert (bot.id, bot.name, bot.username) == (700000001, "Loggione", "loggione_bot")
    assert cast.bot == bot.id


def test_everybody_plays_their_part(world: World, cast: Cast) -> None:
    names = {key: world.society.people[person].name for key, person in cast.people.items()}
    assert names == {"ada": "Ada", "bruno": "Bruno", "chiara": "Chiara", "daniele": "Daniele"}
    assert [cast.role(cast.people[part.key]) for part in PARTS] == ["admin", "speaker", "member", "member"]
    assert [cast.role(one) for one in (cast.bot, cast.relay, cast.spare)] == ["bot", "relay", "relay"]


def test_daniele_reads_italian(world: World, cast: Cast) -> None:
    languages = {key: world.society.people[person].language_code for key, person in cast.people.items()}
    assert languages == {"ada": "en", "bruno": "en", "chiara": "en", "daniele": "it"}


@pytest.mark.parametrize("key", KEYS)
def test_ada_owns_the_groups_and_the_others_are_members(world: World, cast: Cast, key: str) -> None:
    members = group(world, cast, key).members
    assert members[cast.people["ada"]].status is Status.CREATOR
    assert {members[cast.people[one]].status for one in ("bruno", "chiara", "daniele")} == {Status.MEMBER}


@pytest.mark.parametrize("key", ["careers", "readers", "stage", "lounge"])
def test_the_bot_and_the_relay_account_may_do_their_work(world: World, cast: Cast, key: str) -> None:
    members = group(world, cast, key).members
    for right in ("can_pin_messages", "can_delete_messages", "can_manage_video_chats", "can_manage_topics"):
        assert members[cast.bot].may(right)
    assert members[cast.bot].may("can_invite_users")
    assert members[cast.relay].rights == {"can_manage_video_chats"}


def test_two_groups_have_a_spare_relay_account_too(world: World, cast: Cast) -> None:
    has_spare = [key for key in cast.chats if cast.spare in group(world, cast, key).members]
    assert has_spare == ["careers", "readers"]
    assert group(world, cast, "careers").members[cast.spare].rights == {"can_manage_video_chats"}


def test_one_group_is_a_forum_with_topics(world: World, cast: Cast) -> None:
    careers, readers = group(world, cast, "careers"), group(world, cast, "readers")
    assert (careers.title, careers.is_forum, careers.threads) == ("Careers Forum", False, {})
    assert (readers.title, readers.is_forum) == ("Reading circle", True)
    assert 2 <= len(readers.threads) <= 3
    spoken = {message.thread for message in readers.messages.values() if message.text}
    assert spoken == set(readers.threads)


@pytest.mark.parametrize("key", ["careers", "readers"])
def test_there_is_a_history_in_order_and_before_now(world: World, cast: Cast, key: str) -> None:
    dates = [message.date for message in group(world, cast, key).messages.values()]
    assert dates == sorted(dates)
    assert dates[-1] < world.society.now()
    assert len(dates) > 4


def test_nobody_has_written_to_the_bot_yet(world: World, cast: Cast) -> None:
    assert set(world.society.chats) == set(cast.chats.values())


def test_an_empty_sandbox_has_only_the_bot_and_the_relay_accounts(world: World) -> None:
    cast = seed_empty(world, TOKEN)
    assert set(world.society.people) == {cast.bot, cast.relay, cast.spare}
    assert (world.society.chats, dict(cast.people), dict(cast.chats)) == ({}, {}, {})


def test_there_is_a_chat_of_every_kind_in_a_fixed_order(world: World, cast: Cast) -> None:
    kinds = [(key, group(world, cast, key).kind, group(world, cast, key).is_forum) for key in cast.chats]
    assert kinds == [
        ("careers", ChatKind.SUPERGROUP, False),
        ("readers", ChatKind.SUPERGROUP, True),
        ("stage", ChatKind.SUPERGROUP, True),
        ("gazette", ChatKind.CHANNEL, False),
        ("lounge", ChatKind.SUPERGROUP, False),
        ("choir", ChatKind.GROUP, False),
    ]


def test_the_gazette_is_discussed_in_the_lounge(world: World, cast: Cast) -> None:
    gazette, lounge = group(world, cast, "gazette"), group(world, cast, "lounge")
    assert (gazette.linked, lounge.linked) == (lounge.id, gazette.id)
    assert gazette.members[cast.bot].may("can_post_messages")
    assert cast.relay not in gazette.members


def test_in_the_choir_the_bot_is_one_of_many_until_it_is_upgraded(world: World, cast: Cast) -> None:
    choir = group(world, cast, "choir")
    assert choir.members[cast.bot].status is choir.members[cast.relay].status is Status.MEMBER
    new = world.society.upgrade(choir, cast.people["ada"])
    assert set(new.members) == {cast.bot, cast.relay, *cast.people.values()}
