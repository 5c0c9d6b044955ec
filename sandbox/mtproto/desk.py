"""The desk: reads a request, has it carried out, and writes the answer or the refusal."""

import logging
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyrogram import raw
from pyrogram.raw.core import Int, Long, TLObject

from sandbox.exchange import Exchange
from sandbox.mtproto.directory import Directory
from sandbox.mtproto.entrance import Entrance
from sandbox.mtproto.framing import REQUEST_ID
from sandbox.mtproto.news import News, Newsroom
from sandbox.mtproto.phone import Phone
from sandbox.mtproto.references import References
from sandbox.mtproto.standing import Standing
from sandbox.mtproto.streams import Streams
from sandbox.mtproto.view import View
from sandbox.world.changes import Change
from sandbox.world.errors import CallError
from sandbox.world.world import World

log = logging.getLogger(__name__)

_WRAPPERS = (
    raw.functions.InvokeWithLayer,
    raw.functions.InitConnection,
    raw.functions.InvokeWithoutUpdates,
)
"""Functions that only say how another one is meant."""

Handler = Callable[[Any], Any]


class Desk:
    """Carries out one account's requests, one after the other, and pushes what else happens.

    What a request causes is told to its asker by the answer alone, as Telegram does, and to the account's
    other clients by `push`, which is given TL's `Updates`.
    """

    def __init__(
        self,
        world: World,
        exchange: Exchange,
        standing: Standing,
        push: Callable[[bytes], None],
    ) -> None:
        view = View(world.society, standing.account)
        references = References(world, view)
        phone = Phone(world, exchange, view, references)
        self._handlers = (
            _phone_handlers(phone)
            | _directory_handlers(Directory(world, view, references))
            | _entrance_handlers(Entrance(world, view))
            | _stream_handlers(Streams(world, references))
        )
        self._newsroom = Newsroom(world.society, view)
        self._standing = standing
        self._push = push
        self._caused: News | None = None
        self.close = world.society.watch(self._take)
        """Tell no more."""

    def answer(self, body: bytes) -> bytes:
        """The `rpc_result` to a request: eight bytes of its id, then the function in TL."""
        (request_id,) = REQUEST_ID.unpack_from(body)
        try:
            result = self._carry_out(_read(body[REQUEST_ID.size :]))
        except CallError as refusal:
            result = raw.types.RpcError(error_code=refusal.code, error_message=refusal.name).write()
        return _result(request_id, result)

    def _carry_out(self, request: Any) -> bytes:
        name = request.QUALNAME.partition(".")[2]
        handler = self._handlers.get(type(request))
        if handler is None:
            log.warning("the account asks for %s, which is not known here", name)
            raise CallError(400, "METHOD_INVALID")
        self._standing.check(name)
        self._caused = caused = News()
        try:
            answer = handler(request)
        finally:
            self._caused = None
        return self._write(answer, caused)

    def _write(self, answer: Any, caused: News) -> bytes:
        if isinstance(answer, News):
            caused.add(answer)
        if answer is None or isinstance(answer, News):
            answer = self._newsroom.sheet(caused, is_min=False)
        written: bytes = answer if isinstance(answer, bytes) else answer.write()
        return written

    def _take(self, change: Change) -> None:
        news = self._newsroom.of(change)
        if not news.updates:
            return
        if self._caused is not None:
            self._caused.add(news)
        self._push(self._newsroom.sheet(news, is_min=True).write())


def _read(data: bytes) -> Any:
    """The function that is asked for, freed from its wrappers."""
    try:
        request = TLObject.read(BytesIO(data))
    except KeyError as error:
        raise CallError(400, "INPUT_METHOD_INVALID") from error
    except Exception as error:  # whatever the library stumbles over in bytes that are no TL
        raise CallError(400, "INPUT_FETCH_FAIL") from error
    while isinstance(request, _WRAPPERS):
        request = request.query
    if not getattr(request, "QUALNAME", "").startswith("functions."):
        raise CallError(400, "INPUT_METHOD_INVALID")
    return request


def _result(request_id: int, result: bytes) -> bytes:
    return bytes(Int(raw.types.RpcResult.ID, False)) + bytes(Long(request_id)) + result


def _phone_handlers(phone: Phone) -> dict[type, Handler]:
    functions = raw.functions.phone
    return {
        functions.CheckGroupCall: phone.check,
        functions.CreateGroupCall: phone.create,
        functions.DiscardGroupCall: phone.discard,
        functions.EditGroupCallParticipant: phone.edit_participant,
        functions.EditGroupCallTitle: phone.retitle,
        functions.ExportGroupCallInvite: phone.export_invite,
        functions.GetGroupCall: phone.get,
        functions.GetGroupCallJoinAs: phone.join_as,
        functions.GetGroupParticipants: phone.participants,
        functions.InviteToGroupCall: phone.invite,
        functions.JoinGroupCall: phone.join,
        functions.LeaveGroupCall: phone.leave,
        functions.SaveDefaultGroupCallJoinAs: phone.save_join_as,
        functions.StartScheduledGroupCall: phone.start,
        functions.ToggleGroupCallSettings: phone.settings,
        functions.ToggleGroupCallStartSubscription: phone.subscribe,
    }


def _directory_handlers(directory: Directory) -> dict[type, Handler]:
    functions = raw.functions
    return {
        functions.Ping: directory.ping,
        functions.channels.GetChannels: directory.channels,
        functions.channels.GetFullChannel: directory.full_channel,
        functions.help.GetConfig: directory.config,
        functions.messages.GetChats: directory.groups,
        functions.messages.GetDialogs: directory.dialogs,
        functions.messages.GetFullChat: directory.full_group,
        functions.updates.GetChannelDifference: directory.channel_difference,
        functions.updates.GetDifference: directory.difference,
        functions.updates.GetState: directory.state,
        functions.users.GetFullUser: directory.full_user,
        functions.users.GetUsers: directory.users,
    }


def _stream_handlers(streams: Streams) -> dict[type, Handler]:
    functions = raw.functions
    return {
        functions.phone.GetGroupCallStreamChannels: streams.channels,
        functions.upload.GetFile: streams.part,
    }


def _entrance_handlers(entrance: Entrance) -> dict[type, Handler]:
    functions = raw.functions
    return {
        functions.account.GetPassword: entrance.password,
        functions.auth.CheckPassword: entrance.check_password,
        functions.auth.LogOut: entrance.log_out,
        functions.auth.ResendCode: entrance.resend_code,
        functions.auth.SendCode: entrance.send_code,
        functions.auth.SignIn: entrance.sign_in,
    }
