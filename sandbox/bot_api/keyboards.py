"""Keyboards: reads `reply_markup` and refuses what Telegram refuses."""

from dataclasses import dataclass
from typing import Any

from sandbox.bot_api.fields import Fields
from sandbox.bot_api.links import BadLink, check_link
from sandbox.bot_api.parameters import Parameters
from sandbox.bot_api.refusals import bad_request
from sandbox.world.markup import utf16
from sandbox.world.messages import Keyboard

CALLBACK_BYTES = 64
MOST_BUTTONS = 100
MOST_SHARED = 10
LONGEST_PLACEHOLDER = 64
_LETTER_FLAGS = (
    "is_persistent", "resize_keyboard", "one_time_keyboard", "selective", "remove_keyboard", "force_reply",
)  # fmt: skip
_ASKED = {
    "request_contact": "phone number can be requested",
    "request_location": "location can be requested",
    "request_users": "users can be requested",
    "request_chat": "chats can be requested",
    "request_poll": "poll can be requested",
    "web_app": "web App buttons can be used",
}
"""What a button may ask of people, and how it is refused where it cannot (TDLib, ReplyMarkup)."""

Button = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Markup:
    """What hangs under a message, and what it puts in place of people's letters; one of them at most.

    `letters` is, in the Bot API's shape, a keyboard with its rows, its removal, or the wish for an answer.
    """

    keyboard: Keyboard | None = None
    letters: dict[str, Any] | None = None


def read_markup(parameters: Parameters, *, is_private: bool) -> Markup:
    """The `reply_markup` of a request.

    Args:
        parameters: of the request.
        is_private: whether the message is in a private chat; web apps open nowhere else, and nowhere else
            are people asked for what is theirs.

    Raises:
        ApiError: the markup is no JSON, has the wrong form, or has a button that Telegram refuses.
    """
    markup = parameters.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is None:
        return Markup()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    fields = Fields(markup)
    letters = _read_letters(fields, is_private=is_private)
    keyboard = _read_keyboard(fields, is_private=is_private)
    return Markup(keyboard) if keyboard else Markup(letters=letters)


def _read_keyboard(fields: Fields, *, is_private: bool) -> Keyboard:
    keyboard: Keyboard = []
    for row in fields.items("inline_keyboard"):
        if not isinstance(row, list):
            complaint = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
            raise fields.complain(complaint)
        buttons = [_read_button(button, is_private=is_private) for button in row]
        if buttons:
            keyboard.append(buttons)
    if sum(map(len, keyboard)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def _read_letters(fields: Fields, *, is_private: bool) -> dict[str, Any] | None:
    rows = [_read_row(row, is_private=is_private) for row in fields.items("keyboard")]
    flags: dict[str, Any] = {name: True for name in _LETTER_FLAGS if fields.flag(name)}
    placeholder = fields.text("input_field_placeholder")
    if utf16(placeholder) > LONGEST_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    if placeholder:
        flags["input_field_placeholder"] = placeholder
    keyboard = [row for row in rows if row]
    if keyboard:
        return {"keyboard": keyboard} | flags
    return flags if "remove_keyboard" in flags or "force_reply" in flags else None


def _read_row(row: Any, *, is_private: bool) -> list[Button]:
    if not isinstance(row, list):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    return [_read_letter(button, is_private=is_private) for button in row]


def _read_letter(value: Any, *, is_private: bool) -> Button:
    context = "can't parse keyboard button: "
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, dict):
        raise bad_request(f"{context}KeyboardButton must be a String or an Object")
    fields = Fields(value, context)
    button: Button = {"text": fields.required_text("text")}
    for name in ("request_contact", "request_location"):
        if fields.flag(name):
            button[name] = True
    for name in ("request_users", "request_chat", "request_poll", "web_app"):
        if name in fields:
            button[name] = _read_request(name, fields.fields(name), value[name])
    asked = next((name for name in button if name in _ASKED), None)
    if asked is not None and not is_private:
        raise bad_request(f"{_ASKED[asked]} in private chats only")
    return button


def _read_request(name: str, fields: Fields, value: dict[str, Any]) -> Any:
    if name in ("request_users", "request_chat"):
        fields.required_integer("request_id")
    if name == "request_users" and not 1 <= fields.integer("max_quantity", 1) <= MOST_SHARED:
        raise bad_request("USER_QUANTITY_INVALID")
    if name == "web_app":
        return {"url": _checked(fields.required_text("url"), "Web App URL", is_secure=True)}
    return value


def _read_button(value: Any, *, is_private: bool) -> Button:
    context = "can't parse inline keyboard button: "
    if not isinstance(value, dict):
        raise bad_request(f"{context}InlineKeyboardButton must be an Object")
    fields = Fields(value, context)
    text = fields.required_text("text")
    action = _read_action(fields, is_private=is_private)
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    return {"text": text} | action


def _read_action(fields: Fields, *, is_private: bool) -> Button:
    if address := fields.text("url"):
        return {"url": _checked(address, "URL")}
    if data := fields.text("callback_data"):
        if len(data.encode()) > CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    if "web_app" in fields:
        address = _checked(fields.fields("web_app").required_text("url"), "Web App URL", is_secure=True)
        if not is_private:
            raise bad_request("BUTTON_TYPE_INVALID")
        return {"web_app": {"url": address}}
    if "copy_text" in fields:
        return {"copy_text": {"text": fields.fields("copy_text").required_text("text")}}
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if name in fields:
            return {name: fields.text(name)}
    raise fields.complain("Text buttons are unallowed in the inline keyboard")


def _checked(address: str, what: str, *, is_secure: bool = False) -> str:
    try:
        return check_link(address, is_secure=is_secure)
    except BadLink as error:
        raise bad_request(f"inline keyboard button {what} '{address}' is invalid: {error}") from error
