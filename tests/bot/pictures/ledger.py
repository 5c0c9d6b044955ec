"""What a group's talks came to, for the tests of its statistics."""

from bot.pictures import Labels, TalkCount

LABELS = Labels(
    title="Milano Product People",
    talks="Who came",
    coming="said they come",
    came="came",
    audience="People in the call",
    minutes="minutes",
    shares="Who spoke how long",
    others="others",
    nothing="No talk yet",
)

TALKS = [TalkCount("Careers after 40", 34, 27), TalkCount("Jazz", 8), TalkCount("Salaries", 51, 58)]
AUDIENCE = [(0.0, 5), (2.0, 10), (14.0, 40), (41.0, 60), (55.0, 40), (66.0, 5)]
SHARES = [("Ada Rossi", 0.46), ("Bruno Bianchi", 0.27), ("Екатерина", 0.15), ("🎸 Carlo", 0.12)]


def a_year_of(talks: int) -> list[TalkCount]:
    return [TalkCount(f"Talk {number}", 10 + number % 7, number % 12) for number in range(talks)]
