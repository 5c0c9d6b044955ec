"""Members: people come in and go, and admins invite, promote, silence and remove them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aiohttp import web

from sandbox.bot_api.shapes.people import ADMIN_RIGHTS, CHANNEL_RIGHTS, GROUP_RIGHTS, PERMISSIONS
from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, told
from sandbox.world.entities import Chat, ChatKind, Membership, Person, Status
from sandbox.world.world import World

RIGHTS = frozenset((*ADMIN_RIGHTS, *GROUP_RIGHTS, *CHANNEL_RIGHTS))
LONGEST_TITLE = 16


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody's standing in a chat becomes another one by `actor`'s doing."""

    chat: Chat
    actor: Person
    whom: Person
    old: Membership
    new: Membership

    @property
    def is_own(self) -> bool:
        """Whether it is about whoever does it."""
        return self.actor.id == self.whom.id

    def may(self, right: str) -> bool:
        """Whether the actor holds an admin right."""
        return self.chat.members[self.actor.id].may(right)


class Members:
    """Changes of standing, by Telegram's rules."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/members."""
        yield web.post("/api/members", self.set)

    async def set(self, request: web.Request) -> web.Response:
        """Give `person` a `status` in a chat.

        Admins have `rights`, `is_anonymous` and `custom_title`; of these, what is not named stays. Who is
        restricted has `rights` too, those that are left to them: none, unless it is said.
        """
        fields = await told(request)
        actor, chat = self._access.place(fields)
        if chat.kind is ChatKind.PRIVATE:
            raise Complaint(409, "A private chat has no members to change; see /api/block.")
        whom = self._world.society.people.get(fields.whole("person"))
        if whom is None:
            raise Complaint(404, "There is nobody with this id.")
        old = chat.members.get(whom.id, Membership(whom.id, Status.LEFT))
        step = Step(chat, actor, whom, old, _wanted(fields, old, actor))
        check(step)
        if step.old != step.new:
            self._world.society.set_member(chat, step.new, actor.id)
        return web.json_response({})


def check(step: Step) -> None:
    """Raise `Complaint` unless Telegram would let the actor do this."""
    if step.old.status is Status.CREATOR or step.new.status is Status.CREATOR:
        _check_owner(step)
    elif step.is_own:
        _check_own(step)
    elif step.old.is_admin or step.new.is_admin:
        _check_promotion(step)
    elif step.new.status is Status.MEMBER and not step.old.is_present:
        _check_invitation(step)
    elif step.new != step.old and not step.may("can_restrict_members"):
        raise Complaint(403, "Only an admin who may ban people can do that.")
    _check_kind(step)


def _check_kind(step: Step) -> None:
    """What a chat's kind does not know."""
    if step.chat.kind is ChatKind.GROUP and step.new.is_anonymous:
        raise Complaint(409, "Only supergroups have anonymous admins: upgrade the group first.")
    if step.whom.is_bot and step.chat.kind is ChatKind.CHANNEL and step.new.status is Status.MEMBER:
        raise Complaint(409, "A bot is in a channel as an admin, or not at all.")


def _check_owner(step: Step) -> None:
    if not step.is_own or step.old.status is not step.new.status:
        raise Complaint(403, "Nobody changes who owns a chat, and its owner stays.")


def _check_own(step: Step) -> None:
    if step.new.is_admin and not (step.old.is_admin and step.new.rights <= step.old.rights):
        raise Complaint(403, "Nobody gives rights to themselves.")
    if step.old.status is Status.RESTRICTED and step.new.is_present:
        raise Complaint(403, "Only an admin who may ban people can do that.")
    if step.new.status is Status.KICKED or (step.new.status is Status.RESTRICTED and step.new.is_present):
        raise Complaint(409, "Nobody bans themselves; one leaves.")


def _check_promotion(step: Step) -> None:
    if not step.may("can_promote_members"):
        raise Complaint(403, "Only an admin who may add new admins can do that.")
    lacking = sorted(right for right in step.new.rights - step.old.rights if not step.may(right))
    if lacking:
        raise Complaint(403, f"Nobody gives rights that they lack: {', '.join(lacking)}.")


def _check_invitation(step: Step) -> None:
    """Everybody brings people into a group, unless an admin was against it; into a channel who may invite."""
    is_free = step.old.status is Status.LEFT
    if not is_free and not step.may("can_restrict_members"):
        what = "banned" if step.old.status is Status.KICKED else "restricted"
        raise Complaint(403, f"{step.whom.name} was {what}; only an admin who may ban people undoes that.")
    if step.chat.kind is ChatKind.CHANNEL and not step.may("can_invite_users"):
        raise Complaint(403, "Only an admin who may invite people can do that.")


def _wanted(fields: Fields, old: Membership, actor: Person) -> Membership:
    status = fields.one_of("status", Status)
    if status in (Status.CREATOR, Status.ADMINISTRATOR):
        return _wanted_admin(fields, old, status, actor)
    if status is Status.LEFT and old.status is Status.RESTRICTED and old.person == actor.id:
        return replace(old, is_member=False)
    new = Membership(old.person, status, tag=old.tag)
    if status is Status.RESTRICTED:
        allowed = fields.several("rights", PERMISSIONS) if fields.has("rights") else []
        new.rights, new.is_member = frozenset(allowed), old.is_present
    return new


def _wanted_admin(fields: Fields, old: Membership, status: Status, actor: Person) -> Membership:
    held = old.rights if old.is_admin else frozenset()
    return Membership(
        old.person,
        status,
        frozenset(fields.several("rights", RIGHTS)) if fields.has("rights") else held,
        fields.flag("is_anonymous") if fields.has("is_anonymous") else old.is_anonymous,
        fields.text("custom_title", LONGEST_TITLE) if fields.has("custom_title") else old.custom_title,
        tag=old.tag,
        promoted_by=old.promoted_by if old.is_admin else actor.id,
    )
