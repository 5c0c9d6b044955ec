"""The menu: the commands that Telegram offers while somebody types, in each language."""

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.words import DEFAULT, Languages, Words


async def set_menu(bot: Bot, languages: Languages) -> None:
    """Tell Telegram the commands of groups and of private chats; raises TelegramError."""
    for words in languages:
        language = None if words.language == DEFAULT else words.language
        await bot.set_my_commands(
            in_groups(words), scope=BotCommandScopeAllGroupChats(), language_code=language
        )
        await bot.set_my_commands(
            in_private(words), scope=BotCommandScopeAllPrivateChats(), language_code=language
        )


def in_groups(words: Words) -> list[BotCommand]:
    """What can be asked for in a group."""
    gettext = words.gettext
    return [
        BotCommand("schedule", gettext("Plan a talk: title | when | how long")),
        BotCommand("rooms", gettext("What is on, and what comes next")),
        BotCommand("open", gettext("Let the next talk begin now")),
        BotCommand("close", gettext("End the talk that is on")),
        BotCommand("cancel", gettext("Take a talk off the programme")),
        BotCommand("help", gettext("What I can do")),
    ]


def in_private(words: Words) -> list[BotCommand]:
    """What can be asked for in a private chat."""
    gettext = words.gettext
    return [
        BotCommand("start", gettext("What I am")),
        BotCommand("help", gettext("What I can do")),
    ]
