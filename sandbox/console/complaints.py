"""Complaints: the console's "no", and Telegram's, as a status and a plain sentence."""

from sandbox.people.microphone import MicrophoneGone
from sandbox.people.seat import NotConnected
from sandbox.sfu import BadOffer
from sandbox.world.errors import ApiError, CallError

SENTENCES = {
    "CHAT_ADMIN_REQUIRED": "Only an admin of the group who may manage voice chats can do that.",
    "GROUPCALL_ALREADY_DISCARDED": "The voice chat is over.",
    "GROUPCALL_ALREADY_STARTED": "The voice chat has started already.",
    "GROUPCALL_FORBIDDEN": "That is not yours to do in this voice chat; an admin may have muted you.",
    "GROUPCALL_INVALID": "There is no such voice chat.",
    "GROUPCALL_NOT_MODIFIED": "That is how it is already.",
    "GROUPCALL_NOT_STARTED": "The voice chat has not started yet.",
    "GROUPCALL_SSRC_DUPLICATE_MUCH": "Somebody in the voice chat has the same microphone; try again.",
    "JOIN_AS_PEER_INVALID": "Nobody comes under a name that is not theirs.",
    "PARTICIPANT_JOIN_MISSING": "That person is not in the voice chat.",
    "PUBLIC_CHANNEL_MISSING": "Only public groups have links to their voice chats.",
    "RAISE_HAND_FORBIDDEN": "Only somebody who is muted raises a hand, and only their own.",
    "SCHEDULE_DATE_INVALID": "A voice chat is scheduled 10 seconds to 8 days ahead.",
    "USER_VOLUME_INVALID": "A volume is 1 to 20000; 10000 is as it is.",
}


class Complaint(Exception):
    """What cannot be done: a status of HTTP, 4xx or 5xx, and a sentence for the person at the page."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


FOREIGN = (ApiError, BadOffer, CallError, MicrophoneGone, NotConnected)
"""What `understood` understands."""


def understood(error: Exception) -> Complaint:
    """A refusal of the world or its voice, one of `FOREIGN`, as a complaint."""
    match error:
        case CallError(name=name):
            status = 403 if name in ("CHAT_ADMIN_REQUIRED", "GROUPCALL_FORBIDDEN") else 409
            return Complaint(status, SENTENCES.get(name, f"Telegram refuses: {name}."))
        case ApiError(status=status, description=description):
            return Complaint(status, f"Telegram refuses: {description.partition(': ')[2] or description}.")
        case BadOffer():
            return Complaint(400, f"This browser's offer cannot be taken: {error}.")
        case MicrophoneGone():
            return Complaint(409, "They were out of the voice chat before everything was said.")
        case _:
            return Complaint(
                503,
                "The voice did not connect: is a network interface besides loopback up, and no fault on?",
            )
