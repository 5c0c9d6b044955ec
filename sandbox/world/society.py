"""Society: people, chats and who is what in them; everything that happens is told from here."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from sandbox.world.changes import Change, MemberChanged, Watcher
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

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Be told of every change; gives a function that ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def tell(self, change: Change) -> None:
        """Something became true."""
        for watcher in list(self._watchers):
            watcher(change)

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
        first = FIRST_SUPERGROUP if is_super else FIRST_GROUP
        number = sum(chat.kind is kind for chat in self.chats.values()) + 1
        chat = Chat(first - number, kind, title, is_forum=is_forum)
        chat.members[creator] = Membership(creator, Status.CREATOR)
        self.chats[chat.id] = chat
        return chat

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
