"""What to say when a call cannot be opened or kept."""

from bot.refusals.speech import Sentences, plain
from rooms.errors.calls import (
    AdminMaySpeak,
    CallClosed,
    CallRefused,
    CallUnreachable,
    NoAccount,
    RelayDiskRefused,
    RelayElsewhere,
    RelayLacksRights,
    RelayNotInChat,
    RelayResting,
    RelayStumbled,
    ScheduleOutOfRange,
)

CALLS: Sentences = {
    RelayLacksRights: plain(
        lambda words: words.gettext(
            "The relay account needs to be an admin who may manage video chats: an admin can allow it in the "
            "group's settings. I try again by myself."
        )
    ),
    RelayNotInChat: plain(
        lambda words: words.gettext(
            "The relay account is not in this group: add it, and make it an admin who may manage video "
            "chats. I try again by myself."
        )
    ),
    RelayElsewhere: plain(
        lambda words: words.gettext(
            "The relay account is in this voice chat from another device, and can be in it only once: leave "
            "the voice chat on that device. I try again by myself."
        )
    ),
    CallClosed: plain(
        lambda words: words.gettext("Somebody closed it just as I came in. I try again by myself.")
    ),
    CallUnreachable: plain(
        lambda words: words.gettext(
            "Telegram's voice server does not answer at the moment. I keep trying; if it stays so, tell "
            "whoever runs me."
        )
    ),
    RelayResting: plain(
        lambda words: words.gettext(
            "Telegram asks the relay account to be quiet for a while. I try again by myself when that is "
            "over."
        )
    ),
    NoAccount: plain(
        lambda words: words.gettext(
            "Telegram does not let the relay account in any more: only whoever runs me can mend that, and "
            "has to be told."
        )
    ),
    RelayDiskRefused: plain(
        lambda words: words.gettext(
            "The disk of the machine I run on does not do as I ask: tell whoever runs me to see whether it "
            "is full. I keep trying."
        )
    ),
    RelayStumbled: plain(
        lambda words: words.gettext(
            "Something went wrong in my own works: tell whoever runs me to look into my log. I keep trying."
        )
    ),
    ScheduleOutOfRange: plain(
        lambda words: words.gettext(
            "Telegram shows a countdown only for voice chats from ten seconds to eight days ahead. The voice "
            "chat opens at its time all the same."
        )
    ),
    AdminMaySpeak: plain(
        lambda words: words.gettext(
            "Admins may always speak in their group's voice chat: Telegram lets nobody take that from them. "
            "I muted them; they can unmute themselves."
        )
    ),
    CallRefused: plain(
        lambda words: words.gettext(
            "Telegram does not let the relay account open the voice chat. I keep trying; an admin can also "
            "start the voice chat by hand."
        )
    ),
}
