"""The server's certificate is fresh each time and known by its fingerprint."""

import re

from sandbox.sfu.certificate import make_context


def test_each_server_has_a_fingerprint_of_its_own_as_sdp_writes_it() -> None:
    (_, one), (_, other) = make_context(), make_context()
    assert one != other
    assert re.fullmatch(r"[0-9A-F]{2}(:[0-9A-F]{2}){31}", one)
