"""Troubles with relay accounts: what Telegram's refusals mean for the operator, and what to do about each."""

from collections.abc import Mapping

from voice.telegram.floods import flood_wait

_AGAIN = "run `loggione logout {name}`, then `loggione login --name {name}`"
_APPEAL = (
    "log in with an official app to see what Telegram says, or run `loggione logout {name}` and take "
    "another account"
)

_TROUBLES: Mapping[str, str] = {
    "API_ID_INVALID": "Telegram does not know LOGGIONE_API_ID with LOGGIONE_API_HASH: copy both "
    "from my.telegram.org again.",
    "API_ID_PUBLISHED_FLOOD": "LOGGIONE_API_ID is one that was published, and Telegram lets nobody in with "
    "it: make one of your own on my.telegram.org.",
    "AUTH_KEY_DUPLICATED": "its session was used on two machines at once, and Telegram ended it for good: "
    f"see that it runs on this machine alone, then {_AGAIN}.",
    "AUTH_KEY_INVALID": f"Telegram does not take its session: {_AGAIN}.",
    "AUTH_KEY_PERM_EMPTY": f"Telegram does not take its session: {_AGAIN}.",
    "AUTH_KEY_UNKNOWN": f"Telegram does not know its session, or has forgotten it: {_AGAIN}.",
    "AUTH_KEY_UNREGISTERED": f"it was logged out: {_AGAIN}.",
    "SESSION_EXPIRED": f"its session is too old: {_AGAIN}.",
    "SESSION_REVOKED": "its session was ended from another device (Settings, Devices): find out by whom, "
    f"then {_AGAIN}.",
    "SESSION_PASSWORD_NEEDED": f"it was never logged in to the end: {_AGAIN}.",
    "USER_DEACTIVATED": f"Telegram has closed the account: {_APPEAL}.",
    "USER_DEACTIVATED_BAN": f"Telegram has banned the account: {_APPEAL}.",
    "PHONE_NUMBER_BANNED": f"Telegram has banned its number: {_APPEAL}.",
    "PROCESS_DIES": "its process died more than five times in ten minutes, and is started again each time: "
    "see what the log says of it.",
    "UNREACHABLE": "Telegram was not reached: see whether this machine is on the Internet, and whether TCP "
    "port 443 leaves it.",
}

_NOT_ITS_FAULT: Mapping[str, str] = {
    "DISK_REFUSES": "The disk does not do as a talk needs it: see whether it is full, and whether the folder "
    "of LOGGIONE_DATA may be written.",
}
"""Troubles that every account would have."""


def trouble_of(name: str, reason: str) -> str:
    """What is wrong with a relay account, and what to do about it, in a sentence.

    Args:
        name: what the account is called here.
        reason: Telegram's name of the error, such as SESSION_REVOKED; a name of our own, for which see
            `voice.pool.relay`; or a sentence of our own, which stays.
    """
    if reason in _NOT_ITS_FAULT:
        return _NOT_ITS_FAULT[reason]
    if " " in reason:
        return reason
    return f"The relay account {name} cannot work ({reason}): {remedy_of(name, reason)}"


def remedy_of(name: str, reason: str) -> str:
    """What Telegram's name of an error means for an account, and what to do about it."""
    wait = flood_wait(reason)
    if wait:
        return f"Telegram asks it to be quiet for {duration(wait)}: leave it alone till then."
    return _TROUBLES.get(reason, f"Telegram does not let it in: {_AGAIN}.").format(name=name)


def duration(seconds: int) -> str:
    """A length of time in whole minutes, never less than it is: "1 minute", "2 hours 5 minutes"."""
    hours, minutes = divmod(-(-max(seconds, 1) // 60), 60)
    parts = [_counted(hours, "hour")] if hours else []
    if minutes:
        parts.append(_counted(minutes, "minute"))
    return " ".join(parts)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
