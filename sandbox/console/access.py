"""Access: finds what a request names, as far as the person who asks may see it."""

from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields
from sandbox.people.cast import Cast
from sandbox.world.entities import Chat, GroupCall, Message, Person
from sandbox.world.world import World


class Access:
    """Looks things up for somebody; what is not there, or not theirs, raises `Complaint`."""

    def __init__(self, world: World, cast: Cast) -> None:
        self._world = world
        self._cast = cast

    def person(self, id_: int) -> Person:
        """Somebody one may be: neither a bot nor a relay account."""
        person = self._world.society.people.get(id_)
        if person is None:
            raise Complaint(404, "There is nobody with this id.")
        if person.is_bot or person.id in self._cast.programs:
            raise Complaint(403, f"Nobody but its program can act as {person.name}.")
        return person

    def chat(self, person: Person, id_: int) -> Chat:
        """A chat they are in."""
        chat = self._world.society.chats.get(id_)
        membership = None if chat is None else chat.members.get(person.id)
        if chat is None or membership is None or not membership.is_present:
            raise Complaint(403, f"{person.name} is in no such chat.")
        return chat

    def place(self, fields: Fields) -> tuple[Person, Chat]:
        """Who asks, by `as`, and the chat of theirs that `chat` means."""
        person = self.person(fields.whole("as"))
        return person, self.chat(person, fields.whole("chat"))

    def seat(self, fields: Fields) -> tuple[Person, GroupCall]:
        """Who asks, and the voice chat of the chat that `chat` means."""
        person, chat = self.place(fields)
        return person, self.call(chat)

    def any_call(self, fields: Fields) -> GroupCall:
        """The voice chat of the chat that `chat` means, for tools: they are nobody, and see every chat."""
        chat = self._world.society.chats.get(fields.whole("chat"))
        if chat is None:
            raise Complaint(404, "There is no such chat.")
        return self.call(chat)

    def message(self, chat: Chat, id_: int) -> Message:
        """A message of the chat."""
        message = chat.messages.get(id_)
        if message is None:
            raise Complaint(404, "This message is gone.")
        return message

    def call(self, chat: Chat) -> GroupCall:
        """The chat's voice chat, scheduled or under way."""
        if chat.call is None:
            raise Complaint(409, "There is no voice chat in this group now.")
        return chat.call
