"""Origins: where a forwarded message says it comes from."""

import pytest

from sandbox.world.messages import Draft
from sandbox.world.origins import origin_of, signature_of
from tests.sandbox.neighbours import ADA, CHIARA, NOON, Neighbourhood

DATE = int(NOON.timestamp())


@pytest.fixture
def street() -> Neighbourhood:
    return Neighbourhood()


def test_a_persons_words_come_from_the_person(street: Neighbourhood) -> None:
    said = street.messages.post(street.group, CHIARA, Draft("x"))
    assert origin_of(street.society, said) == {"type": "user", "date": DATE, "sender_user": CHIARA}


def test_a_channels_post_comes_from_the_channel_and_can_be_found_there(street: Neighbourhood) -> None:
    channel = street.society.create_channel("News", ADA)
    post = street.messages.post(channel, ADA, Draft("x"))
    assert origin_of(street.society, post) == {
        "type": "channel",
        "date": DATE,
        "chat": channel.id,
        "message_id": post.id,
    }


def test_an_anonymous_admins_words_come_from_the_group_with_their_title(street: Neighbourhood) -> None:
    ada = street.group.members[ADA]
    ada.is_anonymous, ada.custom_title = True, "Hostess"
    said = street.messages.post(street.group, ADA, Draft("x"))
    assert signature_of(street.society, said) == "Hostess"
    assert origin_of(street.society, said) == {
        "type": "chat",
        "date": DATE,
        "sender_chat": street.group.id,
        "author_signature": "Hostess",
    }


def test_a_title_stands_beside_no_name_but_the_groups(street: Neighbourhood) -> None:
    street.group.members[ADA].custom_title = "Hostess"
    said = street.messages.post(street.group, ADA, Draft("x"))
    elsewhere = street.messages.post(street.group, ADA, Draft("x", sender_chat=-100999))
    assert [signature_of(street.society, one) for one in (said, elsewhere)] == ["", ""]


def test_a_forward_of_a_forward_keeps_the_first_origin(street: Neighbourhood) -> None:
    first = {"type": "user", "date": 1, "sender_user": CHIARA}
    forwarded = street.messages.post(street.group, ADA, Draft("x", origin=first))
    assert origin_of(street.society, forwarded) == first
