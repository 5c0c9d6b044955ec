"""Keyboards: reads `reply_markup` and refuses what Telegram refuses."""

from typing import Any

from sandbox.bot_api.fields import Fields
from sandbox.bot_api.links import BadLink, check_link
from sandbox.bot_api.parameters import Parameters
from sandbox.bot_api.refusals import bad_request
from sandbox.world.messages import Keyboard

CALLBACK_BYTES = 64
MOST_BUTTONS = 100

Button = dict[str, Any]


def read_keyboard(parameters: Parameters, *, is_private: bool) -> Keyboard | None:
    """The inline keyboard of a request, if it has one.

    Keyboards in place of the letters are checked, and not kept: a message does not carry them.

    Args:
        parameters: of the request.
        is_private: whether the message is in a private chat; web apps open nowhere else.

    Raises:
        ApiError: the markup is no JSON, has the wrong form, or has a button that Telegram refuses.
    """
    markup = parameters.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    fields = Fields(markup)
    _check_letters(fields)
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
    return keyboard or None


def _check_letters(fields: Fields) -> None:
    for row in fields.items("keyboard"):
        if not isinstance(row, list):
            raise fields.complain('Field "keyboard" must be an Array of Arrays')
        for button in row:
            if isinstance(button, dict):
                Fields(button, "can't parse keyboard button: ").required_text("text")
            elif not isinstance(button, str):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    for name in ("remove_keyboard", "force_reply", "selective"):
        fields.flag(name)


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
