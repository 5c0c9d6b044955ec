"""Uploads: what a chat has of a talk's recording is brought to what is on record, message by message."""

import asyncio
import logging
from collections.abc import Mapping

from markupsafe import Markup
from telegram import InputMediaAudio, InputMediaDocument, InputMediaPhoto, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError
from telegram.ext import ExtBot

from bot import patience
from bot.letters import Opened
from bot.objections import DELETED, GONE, NO_CAPTION, NO_PICTURE, TOO_LARGE, UNCHANGED, is_about
from bot.pieces import Piece, are_there, pieces_of
from bot.posting import ANSWERING, UPLOADING, Keyboard, around_objections, post, under_card
from bot.replays import UPLOAD_LIMIT, gone_caption, replay_lost, replay_too_large, withheld_caption
from rooms.ids import MessageId, RoomId, ThreadId
from rooms.keeping import WITHHELD
from rooms.posts import HEAD, OUTDATED, Post
from rooms.recordings import Recording
from rooms.records import Store

log = logging.getLogger(__name__)

HTML = ParseMode.HTML


class Uploads:
    """Posts, replaces and takes down recordings. Each message is noted before the next one is sent.

    So whatever happens in between, nothing that was noted is sent again.
    """

    def __init__(self, bot: ExtBot[bool], store: Store) -> None:
        self._bot = bot
        self._store = store
        self._sent: dict[tuple[RoomId, int], Post] = {}
        """What was sent and could not be noted yet."""

    async def bring(self, opened: Opened) -> None:
        """Have the chat show what is on record of the recording; raises TelegramError."""
        standing = {each.place: each for each in opened.posts}
        for sent in [each for each in self._sent.values() if each.room == opened.room.id]:
            standing[sent.place] = sent
            await self._note(sent)
        recording = opened.recording
        for doomed in [each for each in standing.values() if _is_to_go(each, opened)]:
            await self._take_down(opened, doomed)
            del standing[doomed.place]
        if recording is None:
            await self._end_head(opened, standing)
        elif opened.notice.detail == WITHHELD:
            await self._withhold(opened, standing)
        else:
            await self._show(opened, recording, standing)

    async def _show(self, opened: Opened, recording: Recording, standing: Mapping[int, Post]) -> None:
        pieces = pieces_of(opened, recording)
        if not await asyncio.to_thread(are_there, pieces):
            log.error("room %s: its recording is not at %s", opened.room.id, recording.path)
            pieces = {}
            if HEAD not in standing:
                message = await post(self._bot, opened, replay_lost(opened.room, opened.speech.words))
                await self._note(_post(opened, HEAD, message, recording.edition))
        head = standing.get(HEAD)
        for place, piece in pieces.items():
            shown = standing.get(place)
            if shown is None:
                message = await self._send(opened, piece, head.message if head is not None else None)
            elif shown.edition != recording.edition:
                message = await self._replace(opened, shown, piece)
            else:
                continue
            noted = _post(opened, place, message, recording.edition)
            await self._note(noted)
            head = noted if place == HEAD else head

    async def _end_head(self, opened: Opened, standing: Mapping[int, Post]) -> None:
        """The recording is no more, and its picture says so; of a talk that is on there is no head yet."""
        head = standing.get(HEAD)
        if head is not None:
            await self._say(head, gone_caption(opened))
            await self._forget(head)

    async def _withhold(self, opened: Opened, standing: Mapping[int, Post]) -> None:
        """Say so once; the head is replaced when there is something to hear again."""
        head = standing.get(HEAD)
        if head is None:
            message = await post(self._bot, opened, withheld_caption(opened))
        elif head.edition != OUTDATED:
            await self._say(head, withheld_caption(opened))
            message = head.message
        else:
            return
        await self._note(_post(opened, HEAD, message, OUTDATED))

    async def _send(self, opened: Opened, piece: Piece, head: MessageId | None) -> MessageId:
        """A new message; in words alone where Telegram does not take the file."""
        content = await asyncio.to_thread(piece.path.read_bytes)
        if len(content) > UPLOAD_LIMIT:
            return await self._own_up(opened, len(content))

        async def send(thread: ThreadId | None, _keyboard: Keyboard) -> Message:
            return await self._upload(opened, piece, content, (thread, head))

        try:
            return await around_objections(opened, send, None)
        except BadRequest as objection:
            if not piece.is_picture or not is_about(objection, *NO_PICTURE):
                raise
            return await post(self._bot, opened, piece.caption or Markup(""))
        except NetworkError as error:
            if not any(words in error.message.lower() for words in TOO_LARGE):
                raise
            return await self._own_up(opened, len(content))

    async def _upload(
        self, opened: Opened, piece: Piece, content: bytes, where: tuple[ThreadId | None, MessageId | None]
    ) -> Message:
        thread, head = where
        answered = under_card(opened)
        if head is not None:
            answered = ReplyParameters(head, allow_sending_without_reply=True)
        if piece.is_picture:
            return await self._bot.send_photo(
                opened.chat,
                content,
                caption=_html(piece.caption),
                parse_mode=HTML,
                message_thread_id=thread,
                reply_parameters=answered,
                disable_notification=opened.is_silent,
                read_timeout=UPLOADING,
                write_timeout=UPLOADING,
                rate_limit_args=patience.AT_ONCE,
            )
        return await self._bot.send_audio(
            opened.chat,
            content,
            filename=piece.name,
            title=piece.title,
            performer=opened.room.plan.host_name,
            duration=piece.length,
            caption=_html(piece.caption),
            parse_mode=HTML,
            message_thread_id=thread,
            reply_parameters=answered,
            disable_notification=opened.is_silent or head is not None,
            read_timeout=UPLOADING,
            write_timeout=UPLOADING,
            rate_limit_args=patience.AT_ONCE,
        )

    async def _replace(self, opened: Opened, shown: Post, piece: Piece) -> MessageId:
        """Another content for a message that stands; one that somebody deleted stays deleted."""
        content = await asyncio.to_thread(piece.path.read_bytes)
        caption = _html(piece.caption)
        media: InputMediaPhoto | InputMediaAudio
        if piece.is_picture:
            media = InputMediaPhoto(content, caption, HTML)
        else:
            media = InputMediaAudio(
                content, caption, HTML, piece.length, opened.room.plan.host_name, piece.title,
                filename=piece.name,
            )  # fmt: skip
        try:
            await self._edit(shown, media)
        except BadRequest as objection:
            if not piece.is_picture or not is_about(objection, *NO_PICTURE):
                raise
            await self._say(shown, piece.caption or Markup(""))
        return shown.message

    async def _take_down(self, opened: Opened, doomed: Post) -> None:
        """Delete a message; of one that Telegram lets nobody delete any more the sound is taken away."""
        try:
            await self._bot.delete_message(
                doomed.chat, doomed.message, read_timeout=ANSWERING, rate_limit_args=patience.AT_ONCE
            )
        except BadRequest as objection:
            if not is_about(objection, *DELETED):
                log.info("a message of room %s stays without its sound: %s", doomed.room, objection.message)
                text = opened.speech.words.gettext("This sound was deleted.")
                await self._edit(doomed, InputMediaDocument(text.encode(), filename="deleted.txt"))
        await self._forget(doomed)

    async def _edit(self, shown: Post, media: InputMediaPhoto | InputMediaAudio | InputMediaDocument) -> None:
        try:
            await self._bot.edit_message_media(
                media,
                chat_id=shown.chat,
                message_id=shown.message,
                read_timeout=UPLOADING,
                write_timeout=UPLOADING,
                rate_limit_args=patience.AT_ONCE,
            )
        except BadRequest as objection:
            if not is_about(objection, *UNCHANGED, *GONE):
                raise

    async def _say(self, shown: Post, text: Markup) -> None:
        """Let the head say something else, be it a picture or, where none may be sent, words."""
        bot, html = self._bot, str(text)
        try:
            try:
                await bot.edit_message_caption(shown.chat, shown.message, caption=html, parse_mode=HTML)
            except BadRequest as objection:
                if not is_about(objection, *NO_CAPTION):
                    raise
                await bot.edit_message_text(html, shown.chat, shown.message, parse_mode=HTML)
        except BadRequest as objection:
            if not is_about(objection, *UNCHANGED, *GONE):
                raise

    async def _own_up(self, opened: Opened, size: int) -> MessageId:
        log.warning("room %s: %d bytes of its recording are too many to post", opened.room.id, size)
        return await post(self._bot, opened, replay_too_large(opened.room, size, opened.speech.words))

    async def _note(self, sent: Post) -> None:
        self._sent[sent.room, sent.place] = sent
        async with self._store.writing() as records:
            if await records.rooms.find(sent.room) is not None:
                await records.posts.save(sent)
        del self._sent[sent.room, sent.place]

    async def _forget(self, gone: Post) -> None:
        async with self._store.writing() as records:
            await records.posts.remove(gone.room, gone.place)


def _is_to_go(shown: Post, opened: Opened) -> bool:
    """Whether a message must be taken down; the head stays, and says why there is nothing to hear."""
    if shown.edition is None:
        return True
    recording = opened.recording
    if recording is None:
        return shown.place != HEAD and opened.room.is_over
    if opened.notice.detail == WITHHELD:
        return shown.place != HEAD
    return shown.place > max(1, len(recording.parts))


def _post(opened: Opened, place: int, message: MessageId, edition: int) -> Post:
    return Post(opened.room.id, place, opened.chat, message, edition)


def _html(text: Markup | None) -> str | None:
    return None if text is None else str(text)
