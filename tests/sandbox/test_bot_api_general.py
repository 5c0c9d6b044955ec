"""General: renamed, closed, hidden, and opened again by who may."""

import pytest

from tests.sandbox.bot_house import House

METHODS = (
    ("editGeneralForumTopic", "edit"),
    ("closeGeneralForumTopic", "close or open"),
    ("reopenGeneralForumTopic", "close or open"),
    ("hideGeneralForumTopic", "close or open"),
    ("unhideGeneralForumTopic", "close or open"),
)


async def do(house: House, method: str, **more: object) -> None:
    assert await house.call(method, chat_id=house.forum.id, **more) is True


async def refused(house: House, method: str, **more: object) -> str:
    status, description = await house.refusal(method, **{"chat_id": house.forum.id, **more})
    assert status == 400
    return description.removeprefix("Bad Request: ")


@pytest.mark.parametrize(("method", "deed"), METHODS)
async def test_general_is_for_who_may_mind_topics(house: House, method: str, deed: str) -> None:
    assert await refused(house, method, name="Hall") == f"not enough rights to {deed} the topic"
    assert await refused(house, method, chat_id=house.group.id) == "the chat is not a forum"


async def test_general_is_renamed(house: House) -> None:
    house.promote(house.forum, "can_manage_topics")
    await do(house, "editGeneralForumTopic", name="Hall")
    assert house.forum.general.name == "Hall"
    [update] = await house.updates()
    assert update["message"]["forum_topic_edited"] == {"name": "Hall"}
    assert "message_thread_id" not in update["message"]
    assert await refused(house, "editGeneralForumTopic", name="Hall") == "TOPIC_NOT_MODIFIED"
    assert await refused(house, "editGeneralForumTopic") == "title must be non-empty"


async def test_a_closed_general_takes_nothing_from_who_may_not_mind_it(house: House) -> None:
    house.promote(house.forum, "can_manage_topics")
    await do(house, "closeGeneralForumTopic")
    await house.call("sendMessage", chat_id=house.forum.id, text="x")
    house.promote(house.forum)
    assert await refused(house, "sendMessage", text="x") == "TOPIC_CLOSED"


async def test_what_is_hidden_is_closed_and_what_is_opened_is_shown(house: House) -> None:
    house.promote(house.forum, "can_manage_topics")
    await do(house, "hideGeneralForumTopic")
    general = house.forum.general
    assert (general.is_hidden, general.is_closed) == (True, True)
    assert await refused(house, "hideGeneralForumTopic") == "TOPIC_NOT_MODIFIED"
    await do(house, "reopenGeneralForumTopic")
    assert (general.is_hidden, general.is_closed) == (False, False)
    await do(house, "hideGeneralForumTopic")
    await do(house, "unhideGeneralForumTopic")
    assert (general.is_hidden, general.is_closed) == (False, True)
    kinds = [kind for update in await house.updates() for kind in update["message"] if "forum" in kind]
    assert kinds == [
        "general_forum_topic_hidden",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
    ]
