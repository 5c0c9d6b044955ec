"""Origins: whether what is sent to us comes from a page of our own."""

from urllib.parse import urlsplit

from aiohttp import web


class ForeignOrigin(Exception):
    """Another site's page made the browser send it, or nothing says that it was ours."""


def demand_ours(request: web.BaseRequest, public_url: str) -> None:
    """Raise `ForeignOrigin` for what does not prove to come from our own pages.

    Browsers say so themselves, and no page can make them lie: by `Sec-Fetch-Site` (Fetch Metadata, section
    2.2), and where they do not yet, by `Origin` (RFC 6454, section 7).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        is_ours = site == "same-origin"
    else:
        is_ours = request.headers.get("Origin", "").lower() in _ours(request, public_url)
    if not is_ours:
        raise ForeignOrigin


def _ours(request: web.BaseRequest, public_url: str) -> set[str]:
    """Our origin as it is published, and as this request reached it."""
    parts = urlsplit(public_url)
    host = request.headers.get("Host", "").lower()
    ours = {f"{parts.scheme}://{parts.netloc}".lower()}
    return ours | ({f"http://{host}", f"https://{host}"} if host else set())
