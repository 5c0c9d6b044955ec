"""Talking back: what pages send to the stage, unseen; read, limited, and handed on without a sender."""

from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec

from rooms.audience import Reaction
from rooms.errors.gallery import NoQuestionsNow
from rooms.listening import View
from rooms.murmuring import Murmuring
from rooms.ports import Clock
from rooms.questioning import Questioning
from rooms.questions import QuestionId
from web.limits import Allowance, Limits

LONGEST_BODY = 4096
"""Bytes: a question in any script, as a form encodes it."""

JSON, FORM = "application/json", "application/x-www-form-urlencoded"

QUESTIONS = Allowance(10)
VOTES = Allowance(60, shared=50)
REACTIONS = Allowance(120, shared=50)
QUESTIONS_OF_A_TICKET = 5
"""By one ticket, within `web.limits.WITHIN`."""

_Text = TypeVar("_Text", bound=msgspec.Struct)


class NotUnderstood(Exception):
    """What was sent is nothing that is taken here."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent; by whom is known only as a network, and as a ticket where one is due."""

    kind: str
    """The media type of the body."""
    body: bytes
    address: str | None
    ticket: bytes | None = None


class _Question(msgspec.Struct, forbid_unknown_fields=True):
    text: str


class _Vote(msgspec.Struct, forbid_unknown_fields=True):
    question: int
    ballot: str
    wants: bool = True


class _Reaction(msgspec.Struct, forbid_unknown_fields=True):
    reaction: Reaction
    ballot: str


class Talkback:
    """Takes questions, votes and reactions from those who may hear the room.

    A ballot is the ticket; where none is needed, a number that the page drew as it was loaded. Everything
    raises `NotUnderstood` for what it cannot read, `TooOften`, and what the use case raises.
    """

    def __init__(self, questioning: Questioning, murmuring: Murmuring, clock: Clock) -> None:
        self.come = murmuring.come
        """Somebody listens to a room; see `Murmuring.come`."""
        self._questioning = questioning
        self._murmuring = murmuring
        self._limits = Limits(clock)

    async def run(self) -> None:
        """Forget in time how often was asked from where, for ever."""
        await self._limits.run()

    async def take(self, deed: str, view: View, sent: Sent) -> None:
        """Take what was sent to one of the addresses: "questions", "votes", "reactions"."""
        match deed:
            case "questions":
                await self._ask(view, sent)
            case "votes":
                self._vote(view, sent)
            case _:
                self._react(view, sent)

    async def _ask(self, view: View, sent: Sent) -> None:
        """Put a question: `text`."""
        self._limits.take("question", QUESTIONS, sent.address)
        if sent.ticket is not None:
            self._limits.count(f"question {view.room.id} {sent.ticket.hex()}", QUESTIONS_OF_A_TICKET)
        await self._questioning.ask(view, _read(sent, _Question).text)

    def _vote(self, view: View, sent: Sent) -> None:
        """Vote for a `question` with a `ballot`, or, with `wants` false, take that back."""
        self._limits.take("vote", VOTES, sent.address)
        vote = _read(sent, _Vote)
        ballot = _ballot(sent, vote.ballot)
        self._questioning.vote(view, QuestionId(vote.question), ballot, wants=vote.wants)

    def _react(self, view: View, sent: Sent) -> None:
        """Let the stage feel a `reaction`, once a burst with one `ballot`."""
        self._limits.take("reaction", REACTIONS, sent.address)
        felt = _read(sent, _Reaction)
        if not view.takes_reactions:
            raise NoQuestionsNow
        self._murmuring.react(view.room.id, felt.reaction, self._limits.digest(_ballot(sent, felt.ballot)))


def _read(sent: Sent, shape: type[_Text]) -> _Text:
    try:
        if sent.kind == JSON:
            return msgspec.json.decode(sent.body, type=shape)
        if sent.kind == FORM:
            fields = parse_qsl(sent.body.decode(), keep_blank_values=True, max_num_fields=8)
            return msgspec.convert(dict(fields), type=shape, strict=False)
    except (msgspec.DecodeError, ValueError) as error:
        raise NotUnderstood from error
    raise NotUnderstood


def _ballot(sent: Sent, drawn: str) -> bytes:
    if sent.ticket is not None:
        return b"ticket " + sent.ticket
    if not 16 <= len(drawn) <= 64:
        raise NotUnderstood
    return b"page " + drawn.encode(errors="replace")
