"""Methods by which a bot hears what happened; webhooks are not served."""

from collections.abc import Mapping

from sandbox.bot_api.fields import parse_json
from sandbox.bot_api.inbox import USUAL_KINDS
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.world.errors import ApiError

MOST = 100
LONGEST_POLL = 50
_FURTHEST = 2**31 - 1


async def get_updates(query: Query) -> list[Json]:
    """Answer getUpdates."""
    offset = query.parameters.within("offset", 0, -_FURTHEST, _FURTHEST)
    limit = query.parameters.within("limit", MOST, 1, MOST)
    seconds = query.parameters.within("timeout", 0, 0, LONGEST_POLL)
    _read_allowed(query)
    return await query.account.inbox.fetch(offset, limit, seconds)


async def set_webhook(query: Query) -> bool:
    """Answer setWebhook: only to delete one; nothing is ever sent to an address."""
    if query.parameters.text("url"):
        raise bad_request("bad webhook: this sandbox serves getUpdates only")
    return await delete_webhook(query)


async def delete_webhook(query: Query) -> bool:
    """Answer deleteWebhook: there is none; pending updates can be dropped by it."""
    if query.parameters.flag("drop_pending_updates"):
        query.account.inbox.clear()
    return True


async def get_webhook_info(query: Query) -> Json:
    """Answer getWebhookInfo."""
    inbox = query.account.inbox
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(inbox)}
    if inbox.allowed != USUAL_KINDS:
        info["allowed_updates"] = sorted(inbox.allowed)
    return info


def _read_allowed(query: Query) -> None:
    """Like Telegram, take what can be read of `allowed_updates`; what cannot means the usual kinds."""
    if "allowed_updates" not in query.parameters:
        return
    try:
        listed = parse_json(query.parameters.text("allowed_updates"), "can't parse allowed_updates")
    except ApiError:
        listed = []
    kinds = listed if isinstance(listed, list) else []
    query.account.inbox.allow([kind for kind in kinds if isinstance(kind, str)])


METHODS: Mapping[str, Method] = {
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
