"""What to say when a call cannot be opened or kept."""

from bot.refusals.speech import Sentences, plain
from rooms import errors

CALLS: Sentences = {
    errors.RelayLacksRights: plain(
        lambda words: words.gettext(
            "The relay account needs to be an admin who may manage video chats: an admin can allow it in the "
            "group's settings. I try again by myself."
        )
    ),
    errors.RelayNotInChat: plain(
        lambda words: words.gettext(
            "The relay account is not in this group: add it, and make it an admin who may manage video "
            "chats. I try again by myself."
        )
    ),
    errors.CallUnreachable: plain(
        lambda words: words.gettext(
            "Telegram's voice server does not answer at the moment. I keep trying; if it stays so, tell "
            "whoever runs me."
        )
    ),
    errors.RelayDiskRefused: plain(
        lambda words: words.gettext(
            "The disk of the machine I run on does not do as I ask: tell whoever runs me to see whether it "
            "is full. I keep trying."
        )
    ),
    errors.RelayStumbled: plain(
        lambda words: words.gettext(
            "Something went wrong in my own works: tell whoever runs me to look into my log. I keep trying."
        )
    ),
    errors.CallRefused: plain(
        lambda words: words.gettext(
            "Telegram does not let the relay account open the voice chat. I keep trying; an admin can also "
            "start the voice chat by hand."
        )
    ),
}
