"""/bridge and /unbridge: a talk is carried in another group's voice chat too, if its admins agree."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import (
    Bot,
    KeyboardButton,
    KeyboardButtonRequestChat,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.bridge_news import AnswerBridge, StopCarrying
from bot.deep_links import address, room_in
from bot.errors import ButtonUnknown, NoGroupThere
from bot.features import Command, Feature, Link, Taker, TapHandler
from bot.keyboards import column, key, link, rows
from bot.visits import Tap, Visit, about
from bot.words import Words
from rooms.bridging import Bridging
from rooms.errors.elsewhere import NotBridged
from rooms.errors.floor import NoTalkOn
from rooms.errors.groups import NoSuchGroup
from rooms.ids import ChatId, RoomId
from rooms.planning import Planning
from rooms.room import Room

BRIDGE = "bridge"

_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)


class Bridges(Feature):
    """Asks for bridges, has them agreed or declined, and takes them down."""

    def __init__(self, planning: Planning, bridging: Bridging) -> None:
        self._planning = planning
        self._bridging = bridging

    @property
    def commands(self) -> Mapping[str, Command]:
        """For hosts, and for the admins of the other group."""
        return {BRIDGE: self.bridge, "unbridge": self.unbridge}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the question to the other group's admins, and under the news that they agreed."""
        return {AnswerBridge: self.answer, StopCarrying: self.stop_carrying}

    @property
    def links(self) -> Mapping[str, Link]:
        """From the group into the private chat, where Telegram shows the groups that one is in."""
        return {BRIDGE: self.pick}

    @property
    def takers(self) -> Sequence[Taker]:
        """The group that was picked there."""
        return (self.take_picked,)

    async def bridge(self, visit: Visit) -> None:
        """Have the talk that is on, or the next one, carried in the named group; lead to the others else."""
        group = visit.in_group()
        rooms = await self._bridging.candidates(group.chat, await visit.asker())
        if not rooms:
            raise NoTalkOn
        room, words = rooms[0], visit.speech.words
        if not visit.argument:
            text = about(words.gettext("In which group shall {title} be carried too?"), room)
            way = link(
                words.gettext("Choose it in private"), address(visit.bot.username, f"{BRIDGE}-{room.id}")
            )
            await visit.reply(text, rows([way]))
            return
        chat = await _named(visit.bot, visit.argument)
        await visit.reply(await self._ask(visit, room, chat))

    async def pick(self, visit: Visit, rest: str) -> None:
        """Let Telegram ask which group."""
        room = await self._planning.look_up(room_in(rest))
        await self._bridging.candidates(room.plan.chat, await visit.asker_in(room.plan.chat))
        words = visit.speech.words
        choosing = KeyboardButtonRequestChat(room.id, chat_is_channel=False, bot_is_member=True)
        await visit.bot.send_message(
            visit.message.chat.id,
            str(about(words.gettext("In which group shall {title} be carried too? I must be in it."), room)),
            parse_mode=ParseMode.HTML,
            reply_markup=ReplyKeyboardMarkup(
                [[KeyboardButton(words.gettext("👥 Choose the group"), request_chat=choosing)]],
                resize_keyboard=True,
                one_time_keyboard=True,
            ),
        )

    async def take_picked(self, visit: Visit) -> bool:
        """A group was picked in private."""
        shared = visit.message.chat_shared
        if shared is None:
            return False
        room = await self._planning.look_up(RoomId(shared.request_id))
        said = await self._ask(visit, room, ChatId(shared.chat_id))
        await visit.bot.send_message(
            visit.message.chat.id, str(said), parse_mode=ParseMode.HTML, reply_markup=ReplyKeyboardRemove()
        )
        return True

    async def answer(self, tap: Tap, pressed: AnswerBridge) -> None:
        """An admin of the other group answers."""
        there = await tap.asker()
        room = await self._bridging.answer(pressed.room, there, accepts=pressed.accepts)
        gettext = tap.speech.words.gettext
        text = gettext("✅ {title}: accepted.") if pressed.accepts else gettext("{title}: declined.")
        await tap.change(about(text, room))
        await tap.answer()

    async def unbridge(self, visit: Visit) -> None:
        """Let the talk be carried no more; of several bridges, ask which."""
        group, words = visit.in_group(), visit.speech.words
        asker = await visit.asker()
        spanning = await self._bridging.spanning(group.chat)
        if not spanning:
            raise NotBridged
        if len(spanning) > 1:
            keys = [
                key(f"{title}: {room.plan.call_title}"[:64], StopCarrying(room.id, bridge.chat))
                for room, bridge, title in spanning
            ]
            await visit.reply(words.gettext("Which bridge shall come down?"), column(keys))
            return
        room, bridge, _title = spanning[0]
        await self._bridging.end(room.id, asker, bridge.chat)
        await visit.reply(_ended(room, words))

    async def stop_carrying(self, tap: Tap, pressed: StopCarrying) -> None:
        """Take down the bridge whose button was pressed, on either side of it."""
        room = await self._planning.look_up(pressed.room)
        if tap.chat.id not in (room.plan.chat, pressed.chat):
            raise ButtonUnknown
        await self._bridging.end(room.id, await tap.asker(), pressed.chat)
        await tap.take_buttons_away()
        await tap.answer()

    async def _ask(self, visit: Visit, room: Room, chat: ChatId) -> Any:
        """Ask that group, whose admin has thereby agreed; gives what to say."""
        asker, there = await visit.asker_in(room.plan.chat), await visit.asker_in(chat)
        try:
            bridge = await self._bridging.ask(room.id, asker, there)
        except NoSuchGroup as refusal:
            raise NoGroupThere from refusal
        gettext = visit.speech.words.gettext
        if bridge.is_agreed:
            return about(gettext("🌉 {title} is carried there too: both groups hear of it."), room)
        return about(gettext("🌉 I ask the admins of that group whether they want to carry {title}."), room)


async def _named(bot: Bot, text: str) -> ChatId:
    """The group of this user name, link or number; raises `NoGroupThere`."""
    name = text.strip().removeprefix("https://").removeprefix("t.me/").removeprefix("@")
    try:
        chat = await bot.get_chat(int(name) if _NUMBER.fullmatch(name) else f"@{name}")
    except (BadRequest, Forbidden, ChatMigrated) as refusal:
        raise NoGroupThere from refusal
    if chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        raise NoGroupThere
    return ChatId(chat.id)


def _ended(room: Room, words: Words) -> Any:
    return about(words.gettext("🌉 {title} is carried there no more."), room)
