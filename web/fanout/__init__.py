"""The fan-out: the same bytes for many, made once; the slow delay nobody, and all get whole chunks."""

from web.fanout.channel import Channel
from web.fanout.crowd import HandOver
from web.fanout.line import Line
from web.fanout.listener import Listener
from web.fanout.ring import NoRing, Ring, open_ring

__all__ = ["Channel", "HandOver", "Line", "Listener", "NoRing", "Ring", "open_ring"]
