"""Visiting web addresses, as listeners and clocks do: one question, and what the answer's head says."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

PATIENCE = 10.0
"""Seconds until a server must have answered."""

BEGINNING = 64
"""Bytes of an answer that are read."""


class NotReached(Exception):
    """No answer; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: status, head, the beginning of what it says, and the seconds that it took."""

    status: int
    headers: Mapping[str, str]
    beginning: bytes
    seconds: float

    @property
    def is_ours(self) -> bool:
        """Whether it is what a gallery of ours says of its health."""
        return self.status == 200 and self.beginning == b"ok\n"


async def visit(address: str, *, believes: bool = False) -> Answer:
    """Ask an address, without following it anywhere else.

    Args:
        address: of a page.
        believes: whether any certificate will do, as when we ask ourselves by another name.

    Raises:
        NotReached: no answer.
    """
    loop = asyncio.get_running_loop()
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    began = loop.time()
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(address, allow_redirects=False, ssl=not believes) as answer,
        ):
            seconds = loop.time() - began
            return Answer(answer.status, answer.headers, await answer.content.read(BEGINNING), seconds)
    except aiohttp.ClientConnectorCertificateError as error:
        raise NotReached(f"its certificate is not accepted: {error.certificate_error}") from error
    except aiohttp.ClientConnectorError as error:
        raise NotReached(error.strerror or "no connection") from error
    except TimeoutError as error:
        raise NotReached("no answer in time") from error
    except (aiohttp.ClientError, ValueError) as error:
        raise NotReached(type(error).__name__) from error
