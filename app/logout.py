"""Logging a relay account out: its session ends at Telegram, and is forgotten here."""

from collections.abc import Awaitable, Callable

from app.supervision import CannotRun
from voice.accounts.arrivals import GateRefused
from voice.accounts.session_keys import SessionLost, SessionsRefused
from voice.accounts.sessions import Sessions

BY_HAND = "end it yourself, if it is still there: Telegram, Settings, Devices"

EndSession = Callable[[str], Awaitable[bool]]
"""Ends the session that a string holds at Telegram; whether it had not ended before. Raises `GateRefused`."""


async def log_out(sessions: Sessions, name: str, end: EndSession, is_local: bool) -> str:
    """Forget an account, and tell in a sentence what became of its session.

    Args:
        sessions: where it is kept.
        name: what it is called.
        end: ends the session at Telegram.
        is_local: leave Telegram out of it.

    Raises:
        CannotRun: there is no such account, its session or key has to be made readable first, or Telegram
            was not reached; it stays then.
    """
    try:
        sessions.demand_old(name)
        outcome = f"its session was left alone; {BY_HAND}." if is_local else await _end(sessions, name, end)
        sessions.remove(name)
    except SessionsRefused as refused:
        raise CannotRun(str(refused)) from refused
    return f"{name} is logged out here: {outcome}"


async def _end(sessions: Sessions, name: str, end: EndSession) -> str:
    try:
        session = sessions.read(name)
    except SessionLost as lost:
        return f"its session could not be opened ({str(lost).partition(':')[0]}); {BY_HAND}."
    try:
        was_open = await end(session)
    except GateRefused as refusal:
        raise CannotRun(
            f"Telegram did not end the session ({refusal.name}), so {name} stays: try again later, or forget "
            f"it by `loggione logout {name} --local`."
        ) from refusal
    return "its session has ended at Telegram." if was_open else "its session had ended at Telegram already."
