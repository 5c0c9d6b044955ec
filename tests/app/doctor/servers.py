"""Small servers on loopback: one that answers as it is told, and a Bot API that knows a few chats."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.app.doctor.cases import TOKEN

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

ME = {"id": 700000001, "is_bot": True, "first_name": "Loggione", "username": "loggione_bot"}
RIGHTS = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    False,
)


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[int]:
    """A web server; gives its port."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@dataclass
class BotApi:
    """Answers getMe, getChat and getChatMember; `troubles` are refusals by method, status and description."""

    chats: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    members: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    troubles: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add(self, chat: int, *, kind: str = "supergroup", is_forum: bool = False, **rights: bool) -> None:
        """A chat in which the bot is an admin with these rights; without any, an ordinary member."""
        self.chats[chat] = {
            "id": chat,
            "type": kind,
            "title": "Chat",
            "is_forum": is_forum,
            "accent_color_id": 0,
            "max_reaction_count": 0,
            "accepted_gift_types": dict.fromkeys(
                (
                    "unlimited_gifts",
                    "limited_gifts",
                    "unique_gifts",
                    "premium_subscription",
                    "gifts_from_channels",
                ),
                False,
            ),
        }
        status = {"status": "administrator", **RIGHTS, **rights} if rights else {"status": "member"}
        self.members[chat] = {"user": ME, **status}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        token, _, method = request.path.removeprefix("/bot").partition("/")
        self.asked.append(method)
        if token != TOKEN:
            return _refusal(401, "Unauthorized")
        if method in self.troubles:
            return _refusal(*self.troubles[method])
        if method == "getMe":
            return web.json_response({"ok": True, "result": ME})
        chat = int(str((await request.post()).get("chat_id", "0")))
        known = self.chats if method == "getChat" else self.members
        if chat not in known:
            return _refusal(400, "Bad Request: chat not found")
        return web.json_response({"ok": True, "result": known[chat]})


def _refusal(status: int, description: str) -> web.StreamResponse:
    parameters = {"retry_after": 61} if status == 429 else {}
    said = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return web.json_response(said, status=status)
