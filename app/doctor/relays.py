"""The relay accounts: whether their sessions open and are accepted, and what they may do in each group."""

import asyncio
from collections.abc import Mapping, Sequence

from app.accounts import account_names, client_of
from app.doctor.findings import Case, Finding, printable
from app.settings import Settings
from app.troubles import remedy_of
from rooms.ids import ChatId
from voice.accounts.arrivals import GateRefused
from voice.accounts.session_keys import SessionsRefused

NEEDED = (
    "Add it to the group, and make it an admin who may manage video chats: it opens, keeps and ends the call."
)
SUBJECT = "relay accounts"


async def check_accounts(case: Case) -> Sequence[Finding]:
    """Each account by itself, then who can hold the call of each group."""
    settings = case.settings
    missing = [Settings.variable(name) for name in ("api_id", "api_hash") if not settings.written(name)]
    if missing and settings.sandbox_mtproto is None:
        advice = "Create an application on my.telegram.org and write what it shows."
        return [Finding(SUBJECT, f"{' and '.join(missing)} missing.", advice)]
    try:
        names = account_names(settings)
    except SessionsRefused as refused:
        return [Finding(SUBJECT, "they cannot be listed.", str(refused))]
    if not names:
        return [Finding(SUBJECT, "none is logged in here.", "Run `loggione login`.")]
    async with asyncio.TaskGroup() as visits:
        looks = [visits.create_task(_look_at(case, name)) for name in names]
    findings = [look.result()[0] for look in looks]
    rights = {name: look.result()[1] for name, look in zip(names, looks, strict=True)}
    return findings + [
        _hold(group.title, {name: seen.get(ChatId(group.chat)) for name, seen in rights.items() if seen})
        for group in case.groups
        if any(rights.values())
    ]


async def _look_at(case: Case, name: str) -> tuple[Finding, Mapping[ChatId, bool | None]]:
    """What Telegram says of an account, and whether it may manage the call of each group; None: not in it."""
    from voice.accounts.checkup import look_over

    subject = f"relay account {name}"
    try:
        seen = await look_over(client_of(case.settings, name), [ChatId(group.chat) for group in case.groups])
    except SessionsRefused as refused:
        return Finding(subject, "its session cannot be opened.", str(refused)), {}
    except GateRefused as refusal:
        return Finding(subject, f"it cannot work ({refusal.name}):", remedy_of(name, refusal.name)), {}
    found = f"Telegram accepts its session, and it is {printable(seen.name)}"
    return Finding(subject, found), seen.may_manage


def _hold(title: str, may_manage: Mapping[str, bool | None]) -> Finding:
    subject = f"call in {printable(title)}"
    able = [name for name, may in may_manage.items() if may]
    if able:
        return Finding(subject, f"{', '.join(able)} may manage it")
    present = [name for name, may in may_manage.items() if may is False]
    if present:
        advice = "Make it an admin with the right to manage video chats: it opens, keeps and ends the call."
        return Finding(
            subject, f"{', '.join(present)} is in the group and may not manage video chats.", advice
        )
    return Finding(subject, f"{', '.join(may_manage)} is not in the group.", NEEDED)
