"""Opus packets in files and streams: bytes in, bytes out, and no acquaintance with anybody."""
