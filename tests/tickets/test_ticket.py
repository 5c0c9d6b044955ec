"""The ticket, as it is handed over."""

import base64

import pytest

from tests.tickets.box_office import a_ticket
from tests.tickets.keyring import public
from tickets.ticket import Ticket


def test_a_ticket_is_for_the_talk_whose_key_signed_it() -> None:
    ticket = Ticket.read(a_ticket())
    assert ticket is not None
    assert ticket.is_for(public())
    assert not ticket.is_for(public("another"))


def test_it_is_read_as_it_is_written() -> None:
    text = a_ticket()
    assert str(Ticket.read(text)) == text
    assert "=" not in text


@pytest.mark.parametrize(
    "text",
    ["", "A", "AAAA", "=", "A" * 43, "é" * 384, "A" * 2000, "A" * 100 + "+/", "A" * 100 + "\n", " " * 384],
)
def test_anything_else_is_no_ticket(text: str) -> None:
    assert Ticket.read(text) is None


def test_a_ticket_is_written_in_one_way_only() -> None:
    text = a_ticket()
    for other in (text + "=", text + "==", text + "A", f" {text}", text + "\n", text.replace("A", "A\n")):
        ticket = Ticket.read(other)
        assert ticket is None or not ticket.is_for(public())


def test_a_forged_one_is_told_apart() -> None:
    content = base64.urlsafe_b64decode(a_ticket())
    for at in (0, 31, 32, 100, 287):
        forged = bytearray(content)
        forged[at] ^= 1
        ticket = Ticket.read(base64.urlsafe_b64encode(bytes(forged)).decode())
        assert ticket is not None
        assert not ticket.is_for(public())
