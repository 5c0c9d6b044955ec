"""The news: what the world's changes are to one account, as TL updates."""

from dataclasses import dataclass, field
from typing import Any

from pyrogram import raw

from sandbox.mtproto.view import FIRST_CHANNEL, View, handle
from sandbox.world.changes import (
    CallChanged,
    CallSubscribed,
    Change,
    ChatUpgraded,
    MemberChanged,
    ParticipantChanged,
)
from sandbox.world.entities import Chat, ChatKind, Participant
from sandbox.world.society import Society


@dataclass(slots=True)
class News:
    """Updates in order, with the people and the chats that they speak of."""

    updates: list[Any] = field(default_factory=list)
    people: set[int] = field(default_factory=set)
    chats: set[int] = field(default_factory=set)

    def introduce(self, one: Participant) -> None:
        """Speak of a participant too: of the person, or of the chat as which they speak and not of them."""
        if one.speaks_as is None:
            self.people.add(one.person)
        else:
            self.chats.add(one.speaks_as)

    def add(self, other: "News") -> None:
        """Let other news follow these."""
        self.updates += other.updates
        self.people |= other.people
        self.chats |= other.chats


class Newsroom:
    """Translates changes as they happen; what an account would not learn is left out.

    Messages are not passed on: the account is there for calls.
    """

    def __init__(self, society: Society, view: View) -> None:
        self._society = society
        self._view = view

    def of(self, change: Change) -> News:
        """What the account learns of a change."""
        match change:
            case CallChanged(call=call, is_over=is_over):
                chat = self._society.chats[call.chat]
                state = self._view.ended_call(call) if is_over else self._view.call(call)
                update = raw.types.UpdateGroupCall(call=state, peer=self._view.peer(chat))
                return self._about(chat, [update, _chat_changed(chat)])
            case CallSubscribed(call=call, person=self._view.account):
                chat = self._society.chats[call.chat]
                state = self._view.call(call)
                return self._about(chat, [raw.types.UpdateGroupCall(call=state, peer=self._view.peer(chat))])
            case ParticipantChanged(call=call, participant=participant, version=version):
                one = self._view.participant(participant, just_joined=change.just_joined, left=change.left)
                update = raw.types.UpdateGroupCallParticipants(
                    call=handle(call), participants=[one], version=version
                )
                news = self._about(self._society.chats[call.chat], [update])
                if news.updates:
                    news.introduce(participant)
                return news
            case MemberChanged(chat=id_, new=new) if new.person == self._view.account:
                return News([_chat_changed(self._society.chats[id_])], chats={id_})
            case ChatUpgraded(old=old_id, new=new_id):
                old_chat, new_chat = self._society.chats[old_id], self._society.chats[new_id]
                news = self._about(new_chat, [_chat_changed(old_chat), _chat_changed(new_chat)])
                news.chats |= {old_id} if news.updates else set()
                return news
        return News()

    def sheet(self, news: News, *, is_min: bool) -> Any:
        """News as TL's `Updates`."""
        return raw.types.Updates(
            updates=news.updates,
            users=self._view.users(sorted(news.people), is_min=is_min),
            chats=[self._view.chat(self._society.chats[id_]) for id_ in sorted(news.chats)],
            date=int(self._society.now().timestamp()),
            seq=0,
        )

    def _about(self, chat: Chat, updates: list[Any]) -> News:
        if self._view.membership(chat) is None:
            return News()
        return News(updates, chats={chat.id})


def _chat_changed(chat: Chat) -> Any:
    if chat.kind is ChatKind.GROUP:
        return raw.types.UpdateChat(chat_id=-chat.id)
    return raw.types.UpdateChannel(channel_id=FIRST_CHANNEL - chat.id)
