"""An unmodified python-telegram-bot, with nothing changed but its two addresses."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatPermissions,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    MessageEntity,
    MessageOriginChannel,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from sandbox.world.entities import Chat, ChatKind, Membership
from tests.deadline import DEADLINE
from tests.sandbox.bot_house import ADA, BOT, BRUNO, CHIARA, NOON, TOKEN, House
from tests.sandbox.pictures import PNG, picture


@pytest.fixture
async def bot(house: House) -> AsyncIterator[Bot]:
    async with _bot_at(house) as bot:
        yield bot


def _bot_at(house: House) -> Bot:
    return Bot(TOKEN, base_url=f"{house.address}/bot", base_file_url=f"{house.address}/file/bot")


async def test_it_finds_out_who_it_is(bot: Bot) -> None:
    assert (bot.id, bot.username, bot.first_name) == (BOT.id, "loggia_bot", "Loggia")
    assert bot.bot.can_join_groups
    assert not bot.bot.can_read_all_group_messages


async def test_it_sends_formatted_text_with_buttons_and_edits_it(house: House, bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("I come", callback_data="come:1")]])
    sent = await bot.send_message(
        house.group.id,
        "<b>Ada &amp; co</b> at https://example.org/a",
        parse_mode="HTML",
        reply_markup=keyboard,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "Ada & co at https://example.org/a"
    assert sent.parse_entities() == {sent.entities[0]: "Ada & co", sent.entities[1]: "https://example.org/a"}
    assert sent.reply_markup == keyboard
    assert sent.date == NOON
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)
    edited = await bot.edit_message_text("Later", house.group.id, sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.edit_date) == ("Later", None, NOON)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text("Later", house.group.id, sent.message_id)


async def test_it_replies_with_entities(house: House, bot: Bot) -> None:
    asked = house.say(ADA, "/rooms")
    sent = await bot.send_message(
        house.group.id,
        "None yet",
        entities=[MessageEntity(MessageEntity.ITALIC, 0, 4)],
        reply_parameters=ReplyParameters(asked.id),
    )
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/rooms"
    assert sent.entities == (MessageEntity(MessageEntity.ITALIC, 0, 4),)


async def test_it_sends_files_and_downloads_what_was_sent(house: House, bot: Bot) -> None:
    chat = house.private()
    photo = await bot.send_photo(chat.id, PNG, caption="<i>Poster</i>", parse_mode="HTML")
    assert (photo.photo[-1].width, photo.photo[-1].height, photo.caption) == (3, 2, "Poster")
    again = await bot.send_photo(chat.id, photo.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    text = await bot.send_document(chat.id, InputFile(io.BytesIO(b"notes"), "notes.txt"), filename="n.txt")
    assert text.document is not None
    assert (text.document.file_name, text.document.mime_type) == ("notes.txt", "text/plain")
    file = await bot.get_file(text.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"notes"


async def test_it_sees_members_and_itself(house: House, bot: Bot) -> None:
    house.promote(house.group, "can_pin_messages", "can_manage_video_chats")
    owner, itself = await bot.get_chat_administrators(house.group.id)
    assert isinstance(owner, ChatMemberOwner)
    assert isinstance(itself, ChatMemberAdministrator)
    assert (owner.user.id, itself.can_pin_messages, itself.can_delete_messages) == (ADA.id, True, False)
    assert (await bot.get_chat_member(house.group.id, BRUNO.id)).status == "member"
    assert (await bot.get_chat_member(house.group.id, CHIARA.id)).status == "left"
    assert await bot.get_chat_member_count(house.group.id) == 3
    chat = await bot.get_chat(house.group.id)
    assert (chat.type, chat.title, chat.is_forum) == ("supergroup", "Careers", None)


async def test_it_does_everything_else_that_a_bot_does(house: House, bot: Bot) -> None:
    house.promote(house.forum, "can_pin_messages", "can_manage_topics")
    forum = house.forum.id
    topic = await bot.create_forum_topic(forum, "Tonight")
    sent = await bot.send_message(forum, "Here", message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    assert await bot.pin_chat_message(forum, sent.message_id)
    pinned = (await bot.get_chat(forum)).pinned_message
    assert isinstance(pinned, Message)
    assert pinned.message_id == sent.message_id
    assert await bot.set_message_reaction(forum, sent.message_id, ReactionTypeEmoji("🔥"))
    assert await bot.send_chat_action(forum, "typing")
    assert await bot.unpin_chat_message(forum)
    assert await bot.delete_message(forum, sent.message_id)
    assert await bot.set_my_commands([BotCommand("rooms", "What is on")])
    assert await bot.get_my_commands() == (BotCommand("rooms", "What is on"),)
    assert await bot.leave_chat(forum)


async def test_it_tells_refusals_apart(house: House, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(CHIARA.id, "Hello")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(-100123, "Hello")
    old = Chat(-5, ChatKind.GROUP, "Old")
    house.world.society.chats[old.id] = old
    house.world.society.upgraded[old.id] = house.group.id
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old.id, "Hello")
    assert moved.value.new_chat_id == house.group.id
    house.api.floods.is_on = True
    with pytest.raises(RetryAfter):
        for number in range(21):
            await bot.send_message(house.group.id, str(number))


async def test_it_follows_a_group_to_where_it_went(house: House, bot: Bot) -> None:
    choir = house.world.society.create_group("Choir", ADA.id, is_super=False)
    choir.members[BOT.id] = Membership(BOT.id)
    new = house.world.society.upgrade(choir, ADA.id)
    standing, leaving, coming = await bot.get_updates()
    assert standing.my_chat_member is not None
    assert standing.my_chat_member.chat.id == new.id
    assert leaving.message is not None
    assert (leaving.message.chat.id, leaving.message.migrate_to_chat_id) == (choir.id, new.id)
    assert coming.message is not None
    assert (coming.message.chat.id, coming.message.migrate_from_chat_id) == (new.id, choir.id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(choir.id, "Hello?")
    assert (await bot.send_message(moved.value.new_chat_id, "Hello!")).chat_id == new.id


async def test_it_runs_a_channel_with_its_group(house: House, bot: Bot) -> None:
    channel = house.world.society.create_channel("News", ADA.id)
    house.world.society.link(channel, house.group)
    house.promote(channel, "can_post_messages")
    house.promote(house.group)
    post = await bot.send_photo(channel.id, picture(400, 200), caption="Tonight")
    edited = await bot.edit_message_media(
        InputMediaPhoto(picture(200, 400), caption="Later"), channel.id, post.message_id
    )
    assert isinstance(edited, Message)
    assert [size.width for size in edited.photo] == [45, 160, 200]
    brought, changed = await bot.get_updates()
    assert brought.message is not None
    assert brought.message.is_automatic_forward
    assert isinstance(brought.message.forward_origin, MessageOriginChannel)
    assert brought.message.forward_origin.message_id == post.message_id
    assert changed.edited_message is not None
    assert changed.edited_message.caption == "Later"
    assert (await bot.get_chat(channel.id)).linked_chat_id == house.group.id


async def test_it_asks_in_private_and_is_answered(house: House, bot: Bot) -> None:
    chat = house.private()
    keyboard = [
        [KeyboardButton("People", request_users=KeyboardButtonRequestUsers(7, max_quantity=3))],
        [KeyboardButton("Me", request_contact=True)],
    ]
    markup = ReplyKeyboardMarkup(keyboard, one_time_keyboard=True, input_field_placeholder="Who speaks?")
    asked = await bot.send_message(chat.id, "Who speaks?", reply_markup=markup)
    assert chat.messages[asked.message_id].letters == markup.to_dict() | {
        "keyboard": [
            [{"text": "People", "request_users": {"request_id": 7, "max_quantity": 3}}],
            [{"text": "Me", "request_contact": True}],
        ]
    }
    house.world.messages.serve(chat, ADA.id, "users_shared", {"request_id": 7, "users": [BRUNO.id]})
    contact = {"phone_number": "+888", "first_name": "Ada", "user_id": ADA.id}
    house.say(ADA, "", chat, contact=contact)
    shared, sent = await bot.get_updates()
    assert shared.message is not None
    assert shared.message.users_shared is not None
    assert [one.user_id for one in shared.message.users_shared.users] == [BRUNO.id]
    assert sent.message is not None
    assert sent.message.contact is not None
    assert sent.message.contact.user_id == ADA.id
    await bot.send_message(chat.id, "Thank you", reply_markup=ReplyKeyboardRemove())
    await bot.send_message(chat.id, "And when?", reply_markup=ForceReply())
    with pytest.raises(BadRequest, match="Users can be requested in private chats only"):
        await bot.send_message(house.group.id, "Who?", reply_markup=markup)


async def test_it_minds_topics_members_and_its_own_menu(house: House, bot: Bot) -> None:
    forum = house.forum.id
    house.promote(house.forum, "can_manage_topics", "can_restrict_members", "can_manage_tags")
    topic = await bot.create_forum_topic(forum, "Tonight")
    assert await bot.close_forum_topic(forum, topic.message_thread_id)
    assert await bot.hide_general_forum_topic(forum)
    assert await bot.set_chat_member_tag(forum, BRUNO.id, "Speaker")
    assert await bot.restrict_chat_member(forum, BRUNO.id, ChatPermissions(can_send_messages=True))
    member = await bot.get_chat_member(forum, BRUNO.id)
    assert isinstance(member, ChatMemberRestricted)
    assert (member.can_send_messages, member.can_send_photos, member.is_member) == (True, False, True)
    assert await bot.ban_chat_member(forum, BRUNO.id)
    assert (await bot.get_chat_member(forum, BRUNO.id)).status == "kicked"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    said = house.say(ADA, "Hello", house.group)
    assert (await bot.forward_message(forum, house.group.id, said.id)).forward_origin is not None
    copy = await bot.copy_message(forum, house.group.id, said.id)
    assert await bot.delete_messages(forum, [copy.message_id])


async def test_a_wrong_token_is_noticed_at_once(house: House) -> None:
    stranger = Bot("1:wrong", base_url=f"{house.address}/bot")
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await stranger.initialize()
    await stranger.shutdown()


class Notes:
    """What the application's handlers heard."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()

    async def command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Yes?")
        self.heard.put_nowait(" ".join(["command", *(context.args or [])]))

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer("Noted", show_alert=True)
        await query.edit_message_text("Pressed")
        self.heard.put_nowait(f"press {query.data}")

    async def call(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        assert message.video_chat_scheduled is not None
        self.heard.put_nowait(f"call {message.video_chat_scheduled.start_date:%H:%M}")


@pytest.fixture
async def notes(house: House) -> AsyncIterator[Notes]:
    """A running application: it polls, handles, and stops in order."""
    notes = Notes()
    application: Application = (  # type: ignore[type-arg]
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{house.address}/bot")
        .base_file_url(f"{house.address}/file/bot")
        .build()
    )
    application.add_handler(CommandHandler("rooms", notes.command))
    application.add_handler(CallbackQueryHandler(notes.press))
    application.add_handler(MessageHandler(filters.StatusUpdate.VIDEO_CHAT_SCHEDULED, notes.call))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await application.start()
        yield notes
        await application.updater.stop()
        await application.stop()


async def test_an_application_lives_an_evening(house: House, notes: Notes) -> None:
    async with asyncio.timeout(DEADLINE):
        house.say(BRUNO, "/rooms tonight")
        assert await notes.heard.get() == "command tonight"
        answer = max(house.group.messages.values(), key=lambda message: message.id)
        assert (answer.text, answer.sender) == ("Yes?", BOT.id)
        house.world.messages.press(answer, ADA.id, "yes")
        assert await notes.heard.get() == "press yes"
        assert answer.text == "Pressed"
        house.world.messages.serve(
            house.group, ADA.id, "video_chat_scheduled", {"start_date": int(NOON.timestamp())}
        )
        assert await notes.heard.get() == "call 12:00"


async def test_a_second_poller_drives_the_first_away(house: House, bot: Bot) -> None:
    async with asyncio.timeout(DEADLINE), _bot_at(house) as rival, asyncio.TaskGroup() as group:
        polls = {group.create_task(_poll(one)) for one in (bot, rival)}
        done, [left] = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        assert "terminated by other getUpdates request" in done.pop().result()
        house.say(ADA, "/go@loggia_bot")
        assert await left == "/go@loggia_bot"


async def _poll(bot: Bot) -> str:
    """The text that comes, or what the poll fails with."""
    try:
        [update] = await bot.get_updates(timeout=20)
    except Conflict as error:
        return str(error)
    assert update.message is not None
    return str(update.message.text)
