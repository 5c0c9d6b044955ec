"""The bot's token and rights are asked of the Bot API, and each answer has its own advice."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.doctor.bot import check_rights, check_token
from app.doctor.findings import Finding
from app.doctor.known import KnownGroup
from tests.app.doctor.cases import TOKEN, case_of
from tests.app.doctor.servers import BotApi, serving

CAREERS = KnownGroup(-1001, "Careers", [])
FORUM = KnownGroup(-1002, "Readers", [-1003])


async def examined(folder: Path, api: BotApi, *groups: KnownGroup, token: str = TOKEN) -> Sequence[Finding]:
    async with serving(api.answer) as port:
        case = case_of(folder, groups=groups, bot_token=token, bot_api_url=f"http://127.0.0.1:{port}")
        return [*await check_token(case), *await check_rights(case)]


async def test_a_bot_that_is_known_is_named(tmp_path: Path) -> None:
    token, rights = await examined(tmp_path, BotApi())
    assert token.line == "ok  bot: the Bot API answers, and the bot is @loggione_bot"
    assert rights.line == "ok  bot's rights: no group is on record yet"


async def test_no_other_program_is_disturbed(tmp_path: Path) -> None:
    api = BotApi()
    api.add(-1001, can_pin_messages=True)
    await examined(tmp_path, api, CAREERS)
    assert set(api.asked) == {"getMe", "getChat", "getChatMember"}


async def test_a_missing_token_is_named_with_what_to_write(tmp_path: Path) -> None:
    token, rights = await examined(tmp_path, BotApi(), CAREERS, token="")
    assert "LOGGIONE_BOT_TOKEN is missing. Write the token that @BotFather gave you" in token.line
    assert not rights.is_well


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ((401, "Unauthorized"), "Telegram knows no bot with this token"),
        ((404, "Not Found"), "Telegram knows no bot with this token"),
        ((429, "Too Many Requests: retry after 61"), "Wait 2 minutes."),
        ((500, "Internal Server Error"), "the Bot API was not reached"),
    ],
)
async def test_each_trouble_has_its_own_advice_and_no_token_in_it(
    tmp_path: Path, trouble: tuple[int, str], said: str
) -> None:
    findings = await examined(tmp_path, BotApi(troubles={"getMe": trouble}), CAREERS)
    assert said in findings[0].line
    for finding in findings:
        assert not finding.is_well
        assert TOKEN.partition(":")[2] not in finding.line


async def test_a_server_that_is_not_there_is_not_reached(tmp_path: Path) -> None:
    (finding,) = await check_token(case_of(tmp_path, bot_token=TOKEN, bot_api_url="http://127.0.0.1:9"))
    assert "was not reached" in finding.line
    assert "LOGGIONE_BOT_API_URL" in finding.advice


async def test_every_right_that_is_used_is_enough(tmp_path: Path) -> None:
    api = BotApi()
    api.add(-1001, can_pin_messages=True)
    api.add(-1002, is_forum=True, can_pin_messages=True, can_manage_topics=True)
    api.add(-1003, kind="channel", can_post_messages=True)
    findings = await examined(tmp_path, api, CAREERS, FORUM)
    assert [finding.line for finding in findings[1:]] == [
        "ok  bot in Careers: it has every right that it uses",
        "ok  bot in Readers: it has every right that it uses",
        "ok  bot in a copy of Readers: it has every right that it uses",
    ]


async def test_a_right_that_lacks_is_told_with_what_for(tmp_path: Path) -> None:
    api = BotApi()
    api.add(-1001)
    api.add(-1002, is_forum=True, can_pin_messages=True, can_manage_topics=False)
    api.add(-1003, kind="channel", can_edit_messages=True)
    _, careers, readers, copy = await examined(tmp_path, api, CAREERS, FORUM)
    assert "the bot is no admin. Make it an admin who may pin messages, so that announcements" in careers.line
    assert "the bot lacks a right. Make it an admin who may manage topics, so that each talk" in readers.line
    assert "may post messages, so that talks of other groups" in copy.line


async def test_a_group_in_which_it_is_no_more_keeps_no_other_from_being_examined(tmp_path: Path) -> None:
    api = BotApi()
    api.add(-1002, is_forum=True, can_pin_messages=True, can_manage_topics=True)
    api.add(-1003, kind="channel", can_post_messages=True)
    _, careers, readers, _ = await examined(tmp_path, api, CAREERS, FORUM)
    assert "!!  bot in Careers: Telegram says: Chat not found. Add the bot to it again." in careers.line
    assert readers.is_well
