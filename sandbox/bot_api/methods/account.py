"""Methods for the bot's own account: who it is, and what its menu button does."""

from collections.abc import Mapping
from typing import Any

from sandbox.bot_api.access import Need, find_chat
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.links import BadLink, check_link
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.people import write_me
from sandbox.world.entities import ChatKind

EVERYWHERE = 0
"""Stands for all chats that have no menu button of their own."""

_USUAL: Json = {"type": "commands"}


async def get_me(query: Query) -> Json:
    """Answer getMe."""
    return write_me(query.bot)


async def set_chat_menu_button(query: Query) -> bool:
    """Answer setChatMenuButton: in one private chat, or in all."""
    value = query.parameters.json("menu_button", "can't parse menu button JSON object")
    button = _read_button({"type": "default"} if value is None else value)
    chat = _read_chat(query)
    if button["type"] == "default":
        query.account.menu_buttons.pop(chat, None)
    else:
        query.account.menu_buttons[chat] = button
    return True


async def get_chat_menu_button(query: Query) -> Json:
    """Answer getChatMenuButton."""
    buttons = query.account.menu_buttons
    return buttons.get(_read_chat(query), buttons.get(EVERYWHERE, _USUAL))


def _read_chat(query: Query) -> int:
    if "chat_id" not in query.parameters:
        return EVERYWHERE
    chat = find_chat(query, Need.READ)
    if chat.kind is not ChatKind.PRIVATE:
        raise bad_request("chat not found")
    return chat.id


def _read_button(value: Any) -> Json:
    context = "can't parse MenuButton: "
    if not isinstance(value, dict):
        raise bad_request(f"{context}expected an Object")
    fields = Fields(value, context)
    kind = fields.required_text("type")
    if kind in ("default", "commands"):
        return {"type": kind}
    if kind != "web_app":
        raise fields.complain("Unsupported type specified")
    text, address = fields.required_text("text"), fields.fields("web_app").required_text("url")
    try:
        return {"type": kind, "text": text, "web_app": {"url": check_link(address, is_secure=True)}}
    except BadLink as error:
        raise bad_request(f"menu button Web App URL '{address}' is invalid: {error}") from error


METHODS: Mapping[str, Method] = {
    "getme": get_me,
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
}
