"""Refusals in the Bot API's words, by HTTP status."""

from sandbox.world.errors import ApiError


def bad_request(text: str) -> ApiError:
    """The request itself is wrong."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """The bot is not let in there."""
    return ApiError(403, f"Forbidden: {text}")


def not_found(text: str = "") -> ApiError:
    """There is no such method, or no such file."""
    return ApiError(404, f"Not Found: {text}" if text else "Not Found")


def conflict() -> ApiError:
    """Another poller took over."""
    return ApiError(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def too_large() -> ApiError:
    """The body is bigger than anything that is taken."""
    return ApiError(413, "Request Entity Too Large")


def too_many(retry_after: int) -> ApiError:
    """A flood limit is reached; `retry_after` in seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
