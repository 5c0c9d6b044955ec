"""The courier: sends what a letter says of things as they now are, and notes that it was sent."""

import logging
from contextlib import AsyncExitStack
from dataclasses import replace

from markupsafe import Markup
from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.acquaintances import Acquaintances
from bot.bridge_news import bridge_keys, bridge_text, news_of
from bot.card_keys import answering
from bot.card_pictures import picture_of
from bot.card_posting import change_card, delete_card, post_card, unpin
from bot.cards import is_to_be_pinned
from bot.digests import digest_keys, digest_text
from bot.gallery.news import news_keys
from bot.going_on import prolonging, reopening
from bot.letters import Alarm, Digest, Opened, Opener
from bot.narrows import Narrows
from bot.notices import notice_text
from bot.pictures import Draws
from bot.posting import post
from bot.recording.clips import post_clip
from bot.recording.news import asking
from bot.threads import close_thread, make_thread
from bot.uploads import Uploads
from rooms.bridges import BridgeNews
from rooms.cards import Card
from rooms.ids import ChatId, PersonId
from rooms.notices import Letter, NoticeKind
from rooms.posts import HEAD, Post
from rooms.records import Store
from rooms.room import UNFINISHED, Room

log = logging.getLogger(__name__)

_OF_GALLERY = {NoticeKind.ASKED, NoticeKind.SHOWN, NoticeKind.GALLERY}
_WITH_A_WAY_IN = {NoticeKind.REMINDER, NoticeKind.STARTED, NoticeKind.CHANGED, NoticeKind.SEATED}


class Courier:
    """Delivers letters; lets Telegram's errors through, for the outbox to deal with."""

    def __init__(
        self, bot: ExtBot[bool], atelier: Draws, opener: Opener, acquaintances: Acquaintances, store: Store
    ) -> None:
        self._bot = bot
        self._atelier = atelier
        self._opener = opener
        self._acquaintances = acquaintances
        self._store = store
        self._narrows = Narrows()
        self._uploads = Uploads(bot, store)
        self._sent: dict[int, Card | Post | None] = {}
        """Letters that were sent and could not be noted yet, with the card or the clip that was made."""

    async def deliver(self, letter: Letter) -> Card | None:
        """Send the letter, unless events have overtaken it, and forget it; gives a card that is to be pinned.

        Raises:
            TelegramError: it was not sent.
            NotDrawn: its picture could not be drawn, and it was not sent.
        """
        try:
            async with AsyncExitStack() as passage:
                if letter.id not in self._sent:
                    self._sent[letter.id] = await self._send(letter, passage)
                made = self._sent[letter.id]
                room = await self._note(letter, made)
        except ChatMigrated as moved:
            new = ChatId(moved.new_chat_id)
            await self._acquaintances.follow(letter.notice.chat, new)
            return await self.deliver(replace(letter, notice=replace(letter.notice, chat=new)))
        except Forbidden:
            if letter.notice.chat > 0:
                await self._acquaintances.lose(PersonId(letter.notice.chat))
            raise
        self._sent.pop(letter.id, None)
        return made if isinstance(made, Card) and room is not None and is_to_be_pinned(room) else None

    async def pin(self, card: Card) -> None:
        """Keep the card on top, where the bot may; the announcement stands without it."""
        is_on_top: bool | None = True
        try:
            await self._bot.pin_chat_message(card.chat, card.message, disable_notification=True)
        except TelegramError as error:
            log.info("the card of room %s could not be pinned: %s", card.room, error.message)
            is_on_top = None if isinstance(error, BadRequest | Forbidden) else False
        async with self._store.writing() as records:
            room = await records.rooms.find(card.room)
            shown = await records.cards.find(card.room, card.chat)
            matters = room is not None and is_to_be_pinned(room)
            if shown is not None:
                await records.cards.save(replace(shown, is_on_top=is_on_top if matters else False))
        if is_on_top and not matters:  # meanwhile the talk has ended
            await unpin(self._bot, card)

    async def _send(self, letter: Letter, passage: AsyncExitStack) -> Card | Post | None:
        """Send it when it is ready and the passage is entered; gives the card or the clip if it made one."""
        opened = await self._opener.open(letter)
        if letter.notice.kind is NoticeKind.CARD and isinstance(opened, Opened):
            return await self._announce(opened, passage)
        await passage.enter_async_context(self._narrows.passage())
        match opened:
            case None:
                return None
            case Alarm():
                await post(self._bot, opened, Markup("⚠️ {}").format(letter.notice.detail))
                return None
            case Digest():
                text = digest_text(opened)
                if text is not None:
                    await post(self._bot, opened, text, digest_keys(opened))
                return None
        return await self._tell(opened)

    async def _tell(self, opened: Opened) -> Card | Post | None:
        """Bring news of a talk, or what there is to be heard of it; gives a clip, or a card to be pinned."""
        match opened.notice.kind:
            case NoticeKind.REFRESH:
                return await self._refresh(opened)
            case NoticeKind.REPLAY:
                await self._uploads.bring(opened)
            case NoticeKind.CLIP:
                return await post_clip(self._bot, opened)
            case NoticeKind.THREAD_CLOSED:
                await close_thread(self._bot, opened)
            case NoticeKind.BRIDGE:
                await self._tell_of_bridge(opened)
            case _:
                text = notice_text(opened)
                if text is not None:
                    await post(self._bot, opened, text, _keys(opened))
        return None

    async def _announce(self, opened: Opened, passage: AsyncExitStack) -> Card | None:
        """Send the card, once; a talk that is over before it could be announced needs none."""
        if opened.card is not None or opened.room.is_over:
            return None
        wants_thread = opened.group is not None and opened.group.makes_threads
        if wants_thread and opened.is_at_home and opened.room.own_thread is None:
            opened = await self._with_thread(opened)
        picture = await picture_of(self._bot, self._atelier, opened)
        await passage.enter_async_context(self._narrows.passage())
        return await post_card(self._bot, opened, picture)

    async def _with_thread(self, opened: Opened) -> Opened:
        thread = await make_thread(self._bot, opened)
        if thread is None:
            return opened
        async with self._store.writing() as records:
            room = replace(await records.rooms.get(opened.room.id), own_thread=thread)
            await records.rooms.save(room)
        return replace(opened, room=room)

    async def _refresh(self, opened: Opened) -> Card | None:
        """Change the card, and take it from the top once the talk is over; gives one that is to go there."""
        if opened.card is None:
            return None
        changed = await change_card(self._bot, self._atelier, opened, opened.card)
        matters = is_to_be_pinned(opened.room)
        async with self._store.writing() as records:
            shown = await records.cards.find(opened.card.room, opened.card.chat)
            if changed is None:
                await records.cards.remove(opened.card.room, opened.card.chat)
            elif shown is not None:
                is_on_top = shown.is_on_top if matters else False
                now = replace(shown, picture=changed.picture, is_on_top=is_on_top)
                if now != shown:
                    await records.cards.save(now)
        if changed is None or shown is None:
            return None
        if shown.is_on_top and not matters:
            await unpin(self._bot, shown)
        return changed if matters and shown.is_on_top is False else None

    async def _tell_of_bridge(self, opened: Opened) -> None:
        """Tell it; from a group that carries the talk no more the card goes, unless it is copied there."""
        text = bridge_text(opened)
        is_ended = news_of(opened)[0] is BridgeNews.ENDED and opened.bridge is None
        is_copied = opened.group is not None and opened.chat in opened.group.copies
        if is_ended and opened.card is not None and not opened.is_at_home and not is_copied:
            await delete_card(self._bot, opened.card)
            async with self._store.writing() as records:
                await records.cards.remove(opened.room.id, opened.chat)
            opened = replace(opened, card=None)
        if text is not None:
            await post(self._bot, opened, text, bridge_keys(opened))

    async def _note(self, letter: Letter, made: Card | Post | None) -> Room | None:
        """Put on record that it was sent; gives the room of what was made, if there is one."""
        async with self._store.writing() as records:
            room = await records.rooms.find(made.room) if made is not None else None
            if isinstance(made, Card) and room is not None:
                await records.cards.save(made)
            elif isinstance(made, Post) and room is not None:
                places = [post.place for post in await records.posts.of(room.id)]
                await records.posts.save(replace(made, place=min([HEAD, *places]) - 1))
            await records.outbox.forget(letter.id)
        return room


def _keys(opened: Opened) -> InlineKeyboardMarkup | None:
    kind = opened.notice.kind
    if kind is NoticeKind.INVITATION and opened.room.state in UNFINISHED:
        return answering(opened.room, opened.speech.words)
    if kind is NoticeKind.ON_STAGE:
        return asking(opened)
    if kind is NoticeKind.ENDING:
        return prolonging(opened.room, opened.speech.words)
    if kind is NoticeKind.INTERRUPTED:
        return reopening(opened.room, opened.speech.words)
    if kind in _OF_GALLERY:
        return news_keys(opened)
    return opened.way_in if kind in _WITH_A_WAY_IN else None
