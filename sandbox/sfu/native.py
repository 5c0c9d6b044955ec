"""The native client's way to join: the JSON of phone.JoinGroupCall's `params`, and the JSON of the answer."""

import json
from dataclasses import dataclass

OPUS = 111
"""The payload type of Opus in every native client."""


class BadOffer(ValueError):
    """An offer that no honest client makes."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Who wants to join: the fingerprint of its certificate and the SSRC of its microphone, unsigned."""

    fingerprint: str
    source: int


def read_offer(text: str) -> Offer:
    """Read the parameters that the client made; raises `BadOffer`."""
    try:
        params = json.loads(text)
        prints = {one["hash"].lower(): one["fingerprint"].upper() for one in params["fingerprints"]}
        return Offer(prints["sha-256"], int(params["ssrc"]) & 0xFFFFFFFF)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise BadOffer(f"not the parameters of a call: {error!r}") from error


def write_answer(address: tuple[str, int], ufrag: str, pwd: str, fingerprint: str) -> str:
    """Where and how to connect.

    The port is a string, and video is named although nobody sends any: the client aborts without.
    """
    candidate = {
        "ip": address[0],
        "port": str(address[1]),
        "protocol": "udp",
        "type": "host",
        "priority": "2130706431",
        "generation": "0",
        "foundation": "1",
        "component": "1",
        "network": "1",
        "id": "1",
    }
    transport = {
        "ufrag": ufrag,
        "pwd": pwd,
        "fingerprints": [{"hash": "sha-256", "setup": "active", "fingerprint": fingerprint}],
        "candidates": [candidate],
    }
    opus = {"id": OPUS, "name": "opus", "clockrate": 48000, "channels": 2}
    video = {"id": 100, "name": "VP8", "clockrate": 90000}
    return json.dumps(
        {
            "transport": transport,
            "audio": {"payload-types": [opus], "rtp-hdrexts": []},
            "video": {"payload-types": [video], "rtp-hdrexts": []},
        }
    )
