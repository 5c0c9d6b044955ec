"""Methods that answer people without words: to a pressed button, and with a reaction."""

from collections.abc import Mapping
from typing import Any

from sandbox.bot_api.access import Need, find_message
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.links import BadLink, check_link, is_start_link
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.world.markup import utf16

LONGEST_ANSWER = 200
_JOINED = ("❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷\u200d♀")
EMOJI = frozenset(
    (
        *"❤👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾",
        *"💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡",
        *_JOINED,
    )
)
"""What anybody may react with (Bot API, ReactionTypeEmoji)."""


async def answer_callback_query(query: Query) -> bool:
    """Answer answerCallbackQuery; a press is answered once. Its link leads to the bot itself, or nowhere."""
    text, address = query.parameters.text("text"), query.parameters.text("url")
    if utf16(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if address:
        address = _start_link(query, address)
    is_alert = query.parameters.flag("show_alert")
    press = query.parameters.text("callback_query_id").strip()
    query.world.messages.answer(press, text, is_alert=is_alert, url=address)
    return True


def _start_link(query: Query, address: str) -> str:
    try:
        address = check_link(address)
    except BadLink as error:
        raise bad_request("URL_INVALID") from error
    if not is_start_link(address, query.bot.username):
        raise bad_request("URL_INVALID")
    return address


async def set_message_reaction(query: Query) -> bool:
    """Answer setMessageReaction: one reaction at most, with an emoji that everybody may use."""
    listed = query.parameters.json("reaction", "can't parse reaction types JSON object") or []
    if not isinstance(listed, list):
        raise bad_request("expected an Array of ReactionType")
    reactions = [_read_reaction(value) for value in listed]
    _, message = find_message(query, Need.READ, "message to react")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction.get("emoji") not in EMOJI for reaction in reactions) or message.service is not None:
        raise bad_request("REACTION_INVALID")
    query.world.messages.react(message, query.bot.id, reactions)
    return True


def _read_reaction(value: Any) -> Json:
    context = "can't parse ReactionType: "
    if not isinstance(value, dict):
        raise bad_request(f"{context}expected an Object")
    fields = Fields(value, context)
    match fields.required_text("type"):
        case "emoji":
            return {"type": "emoji", "emoji": fields.required_text("emoji").replace("\ufe0f", "")}
        case "custom_emoji":
            return {"type": "custom_emoji", "custom_emoji_id": fields.required_text("custom_emoji_id")}
    raise fields.complain("invalid reaction type specified")


METHODS: Mapping[str, Method] = {
    "answercallbackquery": answer_callback_query,
    "setmessagereaction": set_message_reaction,
}
