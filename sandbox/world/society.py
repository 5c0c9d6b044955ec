"""Society: people, chats and who is what in them; everything that happens is told from here."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from sandbox.world.changes import Change, ChatUpgraded, MemberChanged, Watcher
from sandbox.world.entities import Chat, ChatKind, Membership, Person, Status, Thread
from sandbox.world.errors import ApiError

FIRST_SUPERGROUP = -1001000000000
FIRST_GROUP = -100001


def wall_clock() -> datetime:
    """Now, in whole seconds as Telegram dates things."""
    return datetime.now(UTC).replace(microsecond=0)


class Society:
    """Who there is. Private chats have the person's id, so a world has one bot that people write to."""

    def __init__(self, now: Callable[[], datetime] = wall_clock) -> None:
        self.now = now
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.upgraded: dict[int, int] = {}
        """Groups that became supergroups: old id, new id."""
        self._watchers: list[Watcher] = []
        self._untold: deque[Change] = deque()
        self._is_telling = False

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Be told of every change; gives a function that ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def tell(self, change: Change) -> None:
        """Something became true; what watchers bring about by hearing it is told after it, to all."""
        self._untold.append(change)
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._untold:
                news = self._untold.popleft()
                for watcher in list(self._watchers):
                    watcher(news)
        finally:
            self._untold.clear()
            self._is_telling = False

    def add(self, person: Person) -> Person:
        """Somebody opens an account."""
        self.people[person.id] = person
        return person

    def bot_of(self, token: str) -> Person | None:
        """The bot with this token."""
        return next((person for person in self.people.values() if person.token == token), None)

    def create_group(
        self, title: str, creator: int, *, is_super: bool = True, is_forum: bool = False
    ) -> Chat:
        """Somebody makes a group, of which they are the creator."""
        kind = ChatKind.SUPERGROUP if is_super else ChatKind.GROUP
        chat = self._found(kind, title)
        chat.is_forum = is_forum
        chat.members[creator] = Membership(creator, Status.CREATOR)
        return chat

    def create_channel(self, title: str, creator: int) -> Chat:
        """Somebody makes a channel."""
        chat = self._found(ChatKind.CHANNEL, title)
        chat.members[creator] = Membership(creator, Status.CREATOR)
        return chat

    def link(self, channel: Chat, group: Chat) -> None:
        """A channel gets a group in which its posts are discussed; earlier links of either end."""
        for chat in (channel, group):
            if chat.linked is not None:
                self.chats[chat.linked].linked = None
        channel.linked, group.linked = group.id, channel.id

    def upgrade(self, chat: Chat, actor: int) -> Chat:
        """A basic group becomes a supergroup: a new chat of the same members, while the old one ends.

        Gives the supergroup. Raises `ApiError` unless the chat is a basic group and `actor` its creator.
        """
        self.chat(chat.id)
        if chat.kind is not ChatKind.GROUP:
            raise ApiError(400, "Bad Request: only a basic group can be upgraded to a supergroup")
        if chat.members.get(actor, Membership(actor, Status.LEFT)).status is not Status.CREATOR:
            raise ApiError(400, "Bad Request: only its creator can upgrade a group")
        new = self._found(ChatKind.SUPERGROUP, chat.title)
        new.members = {one.person: replace(one) for one in chat.members.values() if one.is_present}
        if (call := chat.call) is not None:
            chat.call, new.call, call.chat = None, call, new.id
        self.upgraded[chat.id] = new.id
        self.tell(ChatUpgraded(chat.id, new.id, actor))
        chat.members.clear()
        return new

    def private(self, person: int, bot: int) -> Chat:
        """The private chat of a person with the bot; it exists once the person has opened it."""
        if person not in self.chats:
            members = {one: Membership(one) for one in (person, bot)}
            self.chats[person] = Chat(person, ChatKind.PRIVATE, self.people[person].name, members=members)
        return self.chats[person]

    def set_member(self, chat: Chat, new: Membership, actor: int) -> None:
        """Somebody joins, leaves, is promoted, demoted, banned."""
        old = chat.members.get(new.person, Membership(new.person, Status.LEFT))
        chat.members[new.person] = new
        self.tell(MemberChanged(chat.id, actor, replace(old), replace(new)))

    def block(self, person: int, bot: int, *, is_blocked: bool) -> None:
        """Somebody wants to hear of a bot no more, or again; nothing happens when that is so already."""
        chat = self.private(person, bot)
        status = Status.KICKED if is_blocked else Status.MEMBER
        if chat.members[bot].status is not status:
            self.set_member(chat, Membership(bot, status), person)

    def create_thread(self, chat: Chat, thread: int, name: str) -> Thread:
        """A forum gets a topic, numbered by the message that announces it."""
        chat.threads[thread] = Thread(thread, name)
        return chat.threads[thread]

    def chat(self, id_: int) -> Chat:
        """A chat; raises the Bot API's error for one that is not there or was upgraded."""
        if id_ in self.upgraded:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.upgraded[id_],
            )
        if id_ not in self.chats:
            raise ApiError(400, "Bad Request: chat not found")
        return self.chats[id_]

    def chats_of(self, person: int) -> Iterable[Chat]:
        """The chats somebody is in."""
        for chat in self.chats.values():
            membership = chat.members.get(person)
            if membership is not None and membership.is_present:
                yield chat

    def _found(self, kind: ChatKind, title: str) -> Chat:
        """A new chat with a number of its own; channels and supergroups share theirs."""
        is_basic = kind is ChatKind.GROUP
        first = FIRST_GROUP if is_basic else FIRST_SUPERGROUP
        kinds = (ChatKind.GROUP,) if is_basic else (ChatKind.SUPERGROUP, ChatKind.CHANNEL)
        chat = Chat(first - 1 - sum(one.kind in kinds for one in self.chats.values()), kind, title)
        self.chats[chat.id] = chat
        return chat
