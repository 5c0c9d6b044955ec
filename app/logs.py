"""Logs: events of all folders and libraries in one shape, on standard error, without secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRETS = re.compile(r"\d{6,}:[\w-]{20,}|(?<=/l/)[\w-]{16,}|(?<=/g/)[\w-]{16,}")
"""Bot tokens and the unguessable parts of links."""

_CHATTY = {
    "httpx": logging.WARNING,
    "telegram": logging.WARNING,
    "pyrogram": logging.WARNING,
    "alembic": logging.WARNING,
    "aiosqlite": logging.INFO,
    "httpcore": logging.INFO,
}


def set_up_logs(level: str, form: str) -> None:
    """Send every event to standard error, as text for people or as JSON lines for machines."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, _redact, structlog.processors.JSONRenderer()]
        if form == "json"
        else [structlog.processors.format_exc_info, _redact, _text]
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name, least in _CHATTY.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level.upper())))


def _redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _SECRETS.sub("…", value)
    return event


def _text(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
    trace = event.pop("exception", "")
    line = f"{event['timestamp'][11:19]} {event['level']:<7} {event['logger']}: {event['event']}"
    return f"{line}\n{trace}" if trace else line
