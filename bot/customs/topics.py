"""Which topics a group's talks may have: any, or those on a list; ready lists to begin with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.callbacks import mark
from bot.customs.section import Option, Section, marked, picked
from bot.errors import ButtonUnknown
from bot.words import Words
from rooms.group import Group
from rooms.topics import READY_SETS, TopicPolicy, read_tag


class Topics(Section):
    """The list, and whether it is closed. A tag is taken off by its button."""

    key = "topics"
    field = "topics"

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Topics")

    def shown(self, group: Group, words: Words) -> str:
        """The list, and whether others are allowed."""
        said = _allowed(group.topics, words)
        if not group.topics.threads:
            return said
        text = words.gettext("{topics}; announced in their forum topics: {mapped}")
        return text.format(topics=said, mapped=_tagged(group.topics.threads))

    def options(self, group: Group, words: Words) -> Sequence[Option]:
        """Open or closed, the ready lists, and each tag to be taken off."""
        policy = group.topics
        gettext = words.gettext
        is_closed = policy.is_closed and bool(policy.tags)
        switch = [(marked(gettext("Any topic"), is_chosen=not is_closed), "open")]
        if policy.tags:
            switch.append((marked(gettext("Only those on the list"), is_chosen=is_closed), "closed"))
        sets = [
            (gettext("List: {name}").format(name=name), f"set.{key}") for key, name in _sets(words).items()
        ]
        return [*switch, *sets, *((f"✖ #{tag}", f"off.{mark(tag)}") for tag in policy.tags)]

    def chosen(self, value: str, group: Group) -> Group:
        """The group after the button."""
        what, _, rest = value.partition(".")
        match what:
            case "open" | "closed" if group.topics.tags or what == "open":
                policy = replace(group.topics, is_closed=what == "closed")
            case "set":
                policy = _listed(_tags(picked(rest, list(READY_SETS)), group), group.topics)
            case "off":
                gone = [tag for tag in group.topics.tags if mark(tag) == rest]
                policy = group.topics.without(gone[0]) if gone else group.topics
            case _:
                raise ButtonUnknown
        return replace(group, topics=policy)

    def explanation(self, words: Words) -> str:
        """How the list is written."""
        return words.gettext(
            "In a forum topic, “/settings thread career” has the talks on #career announced there."
        )

    def example(self, words: Words) -> str:
        """Tags between commas."""
        return words.gettext("career, jobs, updates")

    def read(self, text: str, group: Group, words: Words) -> Group:
        """The words of a button, or a list of tags, which takes the place of the old one and is closed."""
        value = self.named(text, group, words)
        if value is not None:
            return self.chosen(value, group)
        tags = [read_tag(piece) for piece in text.split(",") if piece.strip()]
        if not tags:
            raise self.misunderstood(text, words)
        return replace(group, topics=_listed(tags, group.topics))


def _listed(tags: Sequence[str], before: TopicPolicy) -> TopicPolicy:
    """A closed list of these; forum topics stay mapped where their tag stays. Raises `TooManyTopics`."""
    kept = {tag: thread for tag, thread in before.threads.items() if tag in tags}
    return TopicPolicy((), is_closed=True, threads=kept).with_tags(*tags)


def _allowed(policy: TopicPolicy, words: Words) -> str:
    if not policy.tags:
        return words.gettext("any")
    text = words.gettext("only {topics}") if policy.is_closed else words.gettext("any, for example {topics}")
    return text.format(topics=_tagged(policy.tags))


def _tagged(tags: Iterable[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def _sets(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "professional": gettext("professional"),
        "sport": gettext("sport"),
        "music": gettext("music"),
        "study": gettext("study"),
    }


_ITALIAN = {
    "professional": ("professione", "carriera", "opportunità_di_lavoro", "aggiornamenti"),
    "sport": ("partite", "allenamento", "mercato", "tifosi"),
    "music": ("concerti", "novità", "ascolti", "musicisti"),
    "study": ("lezioni", "esami", "compiti", "ricerca"),
}


def _tags(name: str, group: Group) -> tuple[str, ...]:
    """The ready list in the group's language, since its tags are words of the group from then on."""
    return _ITALIAN[name] if group.language == "it" else READY_SETS[name]
