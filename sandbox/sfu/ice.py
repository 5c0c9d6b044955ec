"""ICE-lite: answers the connectivity checks of clients and makes none of its own (RFC 8445)."""

import struct

from aioice import stun


def binding_request(datagram: bytes) -> tuple[stun.Message, str] | None:
    """A connectivity check and the ufrag of ours that it names; None for anything else."""
    try:
        message = stun.parse_message(datagram)
    except (ValueError, struct.error):
        return None
    if (message.message_method, message.message_class) != (stun.Method.BINDING, stun.Class.REQUEST):
        return None
    return message, str(message.attributes.get("USERNAME", "")).partition(":")[0]


def is_nomination(request: stun.Message) -> bool:
    """Whether the client means to use this path, out of several that it has."""
    return "USE-CANDIDATE" in request.attributes


def answer(request: stun.Message, password: str, address: tuple[str, int]) -> bytes | None:
    """The answer to a check that was signed with our password; None for a forged one."""
    if not request.check_message_integrity(password.encode()):
        return None
    response = stun.Message(
        stun.Method.BINDING, stun.Class.RESPONSE, request.transaction_id, {"XOR-MAPPED-ADDRESS": address}
    )
    response.add_message_integrity(password.encode())
    return bytes(response)
