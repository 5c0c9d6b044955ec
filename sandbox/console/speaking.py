"""Speaking: what scripted people can say, and letting them say it in a voice chat."""

from collections.abc import Iterable

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import told
from sandbox.people.crowd import Crowd
from sandbox.people.repertoire import Utterance
from sandbox.world.entities import GroupCall, Person
from sandbox.world.errors import CallError


class Speaking:
    """The crowd, by request."""

    def __init__(self, access: Access, crowd: Crowd) -> None:
        self._access = access
        self._crowd = crowd

    def routes(self) -> Iterable[web.RouteDef]:
        """GET /api/voices, the files it names, and POST /api/speak."""
        yield web.get("/api/voices", self.voices)
        yield web.get("/api/voices/{utterance}.ogg", self.file)
        yield web.post("/api/speak", self.speak)

    async def voices(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Everything that somebody of the world can say."""
        people = self._crowd.cast.people
        shown = [
            {
                "person": people[one.person],
                "utterance": one.id,
                "text": one.text,
                "language": one.language,
                "seconds": one.seconds,
                "url": f"/api/voices/{one.id}.ogg",
            }
            for one in self._crowd.repertoire.values()
            if one.person in people
        ]
        return web.json_response({"voices": shown})

    async def file(self, request: web.Request) -> web.FileResponse:
        """An utterance's sound, Ogg Opus."""
        path = self._utterance(request.match_info["utterance"]).path
        return web.FileResponse(path, headers={"Content-Type": "audio/ogg"})

    async def speak(self, request: web.Request) -> web.Response:
        """A person says something in the chat's voice chat; answers when it is said.

        Whoever is a listener there is refused; `is_heard` is false when they were muted in mid-speech.
        """
        fields = await told(request)
        person, call = self._access.seat(fields)
        utterance = self._utterance(fields.words("utterance"))
        if self._crowd.cast.people.get(utterance.person) != person.id:
            raise Complaint(403, f"{person.name} cannot say that: everybody speaks with their own voice.")
        if _is_listener(call, person):
            raise _unheard(person)
        try:
            began = await self._crowd.speak(call, person.id, utterance.packets())
        except CallError as error:
            raise (_unheard(person) if _is_listener(call, person) else error) from error
        answer = {
            "utterance": utterance.id,
            "began": began,
            "seconds": utterance.seconds,
            "is_heard": person.id in call.participants and not call.participants[person.id].muted,
        }
        return web.json_response(answer)

    def _utterance(self, id_: str) -> Utterance:
        utterance = self._crowd.repertoire.get(id_)
        if utterance is None:
            raise Complaint(404, "Nobody can say that; see /api/voices.")
        return utterance


def _is_listener(call: GroupCall, person: Person) -> bool:
    participant = call.participants.get(person.id)
    return participant is not None and participant.muted and not participant.can_self_unmute


def _unheard(person: Person) -> Complaint:
    name = person.first_name
    return Complaint(
        403, f"{name} is muted by admins and would not be heard: raise {name}'s hand and let {name} speak."
    )
