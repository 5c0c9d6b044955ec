"""Who shows Mini App data is what Telegram says they are to the group, at that moment."""

import pytest

from bot.connection import make_bot
from bot.vouching import TelegramVouching
from rooms.errors.tickets import NotVouchedFor, ProofTooOld, TelegramSilent
from rooms.ids import ChatId
from rooms.roles import Asker
from sandbox.world.entities import Membership, Status
from tests.bot.forum import TOKEN, Forum, served, settings_for
from tests.bot.proofs import BRUNO, a_proof
from tests.fakes.talks import HOUR


async def vouched(forum: Forum, proof: str) -> Asker:
    vouching = TelegramVouching(TOKEN, forum.clock)
    async with make_bot(settings_for(forum.address)) as bot:
        with vouching.by(bot):
            return await vouching.vouch(proof, ChatId(forum.group.id))


async def test_admins_members_and_strangers_are_told_apart(forum: Forum) -> None:
    bruno = await vouched(forum, a_proof())
    assert (bruno.person, bruno.is_admin, bruno.is_member) == (forum.bruno, True, True)
    assert (bruno.username, bruno.chat) == ("bruno_r", forum.group.id)
    chiara = await vouched(forum, a_proof({**BRUNO, "id": forum.chiara}))
    assert (chiara.is_admin, chiara.is_member) == (False, True)
    stranger = await vouched(forum, a_proof({**BRUNO, "id": 99_999}))
    assert (stranger.is_admin, stranger.is_member) == (False, False)


@pytest.mark.parametrize("status", [Status.KICKED, Status.LEFT])
async def test_who_left_or_was_thrown_out_is_no_member_from_that_moment(forum: Forum, status: Status) -> None:
    forum.group.members[forum.bruno] = Membership(forum.bruno, status)
    assert not (await vouched(forum, a_proof())).is_member


async def test_a_forged_or_old_proof_is_not_even_asked_about(forum: Forum) -> None:
    vouching = TelegramVouching(TOKEN, forum.clock)
    with pytest.raises(NotVouchedFor):
        await vouching.vouch("hash=00", ChatId(forum.group.id))
    with pytest.raises(ProofTooOld):
        await vouching.vouch(a_proof(at=forum.clock.now() - 2 * HOUR), ChatId(forum.group.id))


async def test_while_telegram_cannot_be_asked_nobody_is_vouched_for(forum: Forum) -> None:
    vouching = TelegramVouching(TOKEN, forum.clock)
    with pytest.raises(TelegramSilent):
        await vouching.vouch(a_proof(), ChatId(forum.group.id))
    unreachable = make_bot(settings_for("http://127.0.0.1:9"))
    with vouching.by(unreachable), pytest.raises(TelegramSilent):
        await vouching.vouch(a_proof(), ChatId(forum.group.id))


async def test_the_bot_vouches_while_it_is_up() -> None:
    forum = Forum()
    async with served(forum.api) as forum.address, forum.awake() as bot:
        assert (await bot.vouching.vouch(a_proof(), ChatId(forum.group.id))).is_admin
    with pytest.raises(TelegramSilent):
        await bot.vouching.vouch(a_proof(), ChatId(forum.group.id))
