"""Questions from the gallery, for tests."""

from rooms.ids import RoomId
from rooms.questions import Question, QuestionId, QuestionState


def a_question(
    text: str = "How do I start?",
    state: QuestionState = QuestionState.SHOWN,
    *,
    id: int = 7,  # noqa: A002  # as the question calls it
    room: int = 1,
    votes: int = 0,
) -> Question:
    return Question(RoomId(room), QuestionId(id), text, state, votes)
