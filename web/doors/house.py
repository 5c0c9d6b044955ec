"""What lies behind the doors."""

from dataclasses import dataclass

from rooms.listening import Gallery
from rooms.receipts import Receipts
from web.assets import Assets
from web.box_office import BoxOffice
from web.channels import Channels
from web.feeds import Feeds
from web.pages import Pages
from web.reels.reels import Reels
from web.talkback import Talkback


@dataclass(frozen=True, slots=True)
class House:
    """All that doors lead to."""

    gallery: Gallery
    channels: Channels
    reels: Reels
    office: BoxOffice
    talkback: Talkback
    pages: Pages
    assets: Assets
    feeds: Feeds
    receipts: Receipts
