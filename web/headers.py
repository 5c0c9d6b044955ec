"""Headers: what every answer carries, so that pages tell nobody who reads them and run only our own."""

from collections.abc import Mapping

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

_POWERS = ("camera", "display-capture", "geolocation", "gyroscope", "microphone", "midi", "payment", "usb")

ALWAYS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
    "Referrer-Policy": "no-referrer",
    "Server": "Loggione",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}

WITH_FORMS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY.replace("form-action 'none'", "form-action 'self'"),
}
"""For pages that can be answered without a script."""

IN_TELEGRAM: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors https://web.telegram.org"
    ),
}
"""For the page that Telegram opens: its web client shows it in a frame, all others in a window of its own."""

IN_FRAMES: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "media-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors *",
        )
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""For the player that other sites show in a frame: it runs nothing."""

EVERYWHERE: Mapping[str, str] = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""For what that player loads, which has no origin in a frame that is locked in, and for podcast apps."""

SHARED: Mapping[str, str] = {**EVERYWHERE, "Access-Control-Allow-Origin": "*"}
"""For what scripts of other sites may read: whoever knows the address may, and nothing else is asked."""

FOR_EVER: Mapping[str, str] = {"Cache-Control": "public, max-age=31536000, immutable"}
"""For files whose address changes with their content."""

SHORTLY: Mapping[str, str] = {"Cache-Control": "private, max-age=300"}
"""For calendars and feeds, which are asked for again and again."""

_SECURE: Mapping[str, str] = {"Strict-Transport-Security": "max-age=31536000"}


def dress(public_url: str) -> Mapping[str, str]:
    """What every answer carries of a gallery that is reached at this address."""
    return {**ALWAYS, **(_SECURE if public_url.startswith("https:") else {})}
