"""Framing: contents as chunks of HTTP/1.1's chunked coding, and back (RFC 9112, section 7.1)."""

END = b"0\r\n\r\n"
"""The last chunk, by which a whole stream is told from one that broke off."""


def framed(content: bytes) -> bytes:
    """The content, not empty, as a chunk."""
    return b"%x\r\n%b\r\n" % (len(content), content)


def unframed(chunk: bytes) -> memoryview:
    """The content of such a chunk, for those who speak HTTP/1.0."""
    return memoryview(chunk)[chunk.index(b"\n") + 1 : -2]
