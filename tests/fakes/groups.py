"""Groups that many tests begin with."""

from zoneinfo import ZoneInfo

from rooms.group import Group
from tests.fakes.talks import CHAT

CAREERS = Group(CHAT, "Careers Forum", ZoneInfo("Europe/Rome"), "en", "programme-of-careers")
