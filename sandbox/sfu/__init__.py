"""The voice server: what Telegram's is to a call, for native clients and browsers."""

from sandbox.sfu.browser import BrowserAnswer
from sandbox.sfu.faults import Faults
from sandbox.sfu.native import BadOffer
from sandbox.sfu.server import VoiceServer

__all__ = ["BadOffer", "BrowserAnswer", "Faults", "VoiceServer"]
