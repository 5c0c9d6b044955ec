"""The MTProto door: what Telegram answers to the account that sits in calls, in TL over a Unix socket."""

from sandbox.mtproto.door import MtprotoDoor

__all__ = ["MtprotoDoor"]
