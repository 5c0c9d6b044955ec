"""Session strings as Kurigram exports them (`pyrogram.storage.SQLiteStorage`)."""

import base64
import struct


def a_session(*, centre: int = 2, person: int = 10_001, is_bot: bool = False) -> str:
    """A session string of an account at a data centre."""
    packed = struct.pack(">BI?256sQ?", centre, 1, False, bytes(256), person, is_bot)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")
