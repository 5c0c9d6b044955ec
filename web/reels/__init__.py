"""Reels: a room's sound in pieces, for HTTP Live Streaming (RFC 8216), the same for all who fetch them."""
