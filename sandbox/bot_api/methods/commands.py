"""Methods for the commands that people are offered, by scope and language."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sandbox.bot_api.access import Need, reach_chat
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.parameters import number_in
from sandbox.bot_api.query import CommandsKey, Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.world.entities import ChatKind
from sandbox.world.markup import utf16

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
_SCOPES: Mapping[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


async def set_my_commands(query: Query) -> bool:
    """Answer setMyCommands; an empty list takes them away."""
    listed = query.parameters.json("commands", "can't parse commands JSON object")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of BotCommand")
    if len(listed) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_read_command(value) for value in listed]
    key = _read_key(query)
    if commands:
        query.account.commands[key] = commands
    else:
        query.account.commands.pop(key, None)
    return True


async def get_my_commands(query: Query) -> list[Json]:
    """Answer getMyCommands: exactly those of the scope and language, no others in their stead."""
    return query.account.commands.get(_read_key(query), [])


async def delete_my_commands(query: Query) -> bool:
    """Answer deleteMyCommands."""
    query.account.commands.pop(_read_key(query), None)
    return True


def _read_command(value: Any) -> Json:
    context = "can't parse BotCommand: "
    if not isinstance(value, dict):
        raise bad_request(f"{context}expected an Object")
    fields = Fields(value, context)
    command = fields.required_text("command").removeprefix("/")
    description = fields.required_text("description").strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16(description) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _read_key(query: Query) -> CommandsKey:
    language = query.parameters.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    scope = query.parameters.json("scope", "can't parse BotCommandScope JSON object")
    if scope is None:
        return json.dumps({"type": "default"}), language
    if not isinstance(scope, dict):
        raise bad_request("object expected as bot command scope")
    fields = Fields(scope, "can't parse BotCommandScope: ")
    kind = fields.required_text("type")
    if kind not in _SCOPES:
        raise fields.complain("Unsupported type specified")
    return json.dumps({"type": kind} | _read_whom(query, kind, fields)), language


def _read_whom(query: Query, kind: str, fields: Fields) -> Json:
    """The chat, which the bot must be able to see, and the person of a scope, as texts."""
    whom: Json = {}
    if "chat_id" in _SCOPES[kind]:
        chat = reach_chat(query, fields.required_text("chat_id"), Need.READ)
        if chat.kind is ChatKind.CHANNEL:
            raise bad_request("can't change commands in channel chats")
        if chat.kind is ChatKind.PRIVATE and kind != "chat":
            raise bad_request("can't use specified scope in private chats")
        whom["chat_id"] = str(chat.id)
    if "user_id" in _SCOPES[kind]:
        person = number_in(fields.required_text("user_id").strip())
        if person <= 0:
            raise fields.complain("Invalid user_id specified")
        whom["user_id"] = str(person)
    return whom


METHODS: Mapping[str, Method] = {
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
}
