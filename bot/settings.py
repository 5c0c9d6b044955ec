"""What the bot must be told before it can begin."""

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class BotSettings:
    """The bot's token, the Bot API server it talks to, and what new groups begin with.

    `api_url` and `api_file_url` end where the token follows: "https://api.telegram.org/bot". `public_url` is
    where listeners reach the gallery, without a slash at the end. `language` is "en" or "it".
    `sounds` is the folder for what people have played in talks.
    """

    token: str = field(repr=False)
    api_url: str
    api_file_url: str
    public_url: str
    zone: ZoneInfo
    language: str
    sounds: Path
