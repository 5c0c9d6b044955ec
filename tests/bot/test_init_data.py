"""Who opened a Mini App is believed if the bot's own token says so, and for an hour."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import pytest

from bot.init_data import LONGEST, SKEW, VALID, read_init_data
from rooms.errors.tickets import NotVouchedFor, ProofTooOld
from tests.bot.forum import TOKEN
from tests.bot.proofs import BRUNO, a_proof, signed
from tests.fakes.clock import NOON

SECOND = timedelta(seconds=1)


def test_a_genuine_proof_names_its_person() -> None:
    data = read_init_data(a_proof(), TOKEN, NOON)
    assert (data.user.id, data.user.full_name, data.user.username) == (10_002, "Bruno Rossi", "Bruno_R")
    assert data.opened_at == NOON


def test_a_known_proof_of_telegram_s_shape_is_read() -> None:
    """With fields that we do not know, in any order, and a name that needs escaping."""
    user = {"id": 7, "first_name": "Ünal & =%", "last_name": "", "photo_url": "https://t.me/i/7.svg"}
    proof = a_proof(user, signature="x" * 86, chat_type="sender", start_param="", chat_instance="-3788")
    assert read_init_data(proof, TOKEN, NOON).user.first_name == "Ünal & =%"


def test_every_changed_field_is_seen() -> None:
    fields = dict(parse_qsl(a_proof()))
    for name, value in fields.items():
        for changed in (
            {**fields, name: value + "0"},
            {key: fields[key] for key in fields if key != name},
        ):
            with pytest.raises(NotVouchedFor):
                read_init_data(urlencode(changed), TOKEN, NOON)


def test_an_added_field_is_seen() -> None:
    with pytest.raises(NotVouchedFor):
        read_init_data(a_proof() + "&more=1", TOKEN, NOON)


def test_another_bot_s_proof_is_none_of_ours() -> None:
    with pytest.raises(NotVouchedFor):
        read_init_data(a_proof(token="700000002:another"), TOKEN, NOON)


@pytest.mark.parametrize("twice", ["user", "auth_date", "hash"])
def test_a_field_that_stands_twice_is_refused(twice: str) -> None:
    proof = a_proof()
    value = dict(parse_qsl(proof))[twice]
    with pytest.raises(NotVouchedFor):
        read_init_data(f"{proof}&{urlencode({twice: value})}", TOKEN, NOON)


@pytest.mark.parametrize(
    "proof",
    [
        "", "&", "=", "nonsense", "hash=", "hash=00", "hash=" + "0" * 64, "a=%", "a=%ff", "hash=%C3%A9",
        "\ud800", "user=\ud800&hash=0", "x" * (LONGEST + 1), "&".join(f"f{number}=1" for number in range(40)),
    ],
)  # fmt: skip
def test_what_is_no_proof_is_refused_and_no_more(proof: str) -> None:
    with pytest.raises(NotVouchedFor):
        read_init_data(proof, TOKEN, NOON)


def test_it_is_believed_for_an_hour() -> None:
    proof = a_proof()
    read_init_data(proof, TOKEN, NOON + VALID)
    with pytest.raises(ProofTooOld):
        read_init_data(proof, TOKEN, NOON + VALID + SECOND)


def test_clocks_may_differ_a_little_and_no_more() -> None:
    read_init_data(a_proof(at=NOON + SKEW), TOKEN, NOON)
    with pytest.raises(NotVouchedFor):
        read_init_data(a_proof(at=NOON + SKEW + SECOND), TOKEN, NOON)


@pytest.mark.parametrize("date", ["", "-1", "1e9", "٣", "9" * 15, "9" * 40, "1.5", "now"])
def test_an_instant_that_is_none_is_refused_though_signed(date: str) -> None:
    with pytest.raises(NotVouchedFor):
        read_init_data(a_proof(auth_date=date), TOKEN, NOON)


@pytest.mark.parametrize(
    "user",
    [
        None, [], 7, "Bruno", {}, {"id": 7}, {"first_name": "x"}, {**BRUNO, "id": "7"}, {**BRUNO, "id": True},
        {**BRUNO, "id": 0}, {**BRUNO, "id": -7}, {**BRUNO, "id": 10**16}, {**BRUNO, "id": 1.5},
        {**BRUNO, "first_name": None}, {**BRUNO, "is_bot": True},
    ],
)  # fmt: skip
def test_a_person_who_is_none_is_refused_though_signed(user: object) -> None:
    with pytest.raises(NotVouchedFor):
        read_init_data(a_proof(user), TOKEN, NOON)


@pytest.mark.parametrize("text", ["", "{", "[" * 3000, "NaN"])
def test_a_person_that_is_no_json_is_refused_though_signed(text: str) -> None:
    with pytest.raises(NotVouchedFor):
        read_init_data(signed({"auth_date": str(int(NOON.timestamp())), "user": text}), TOKEN, NOON)


def test_names_of_another_kind_are_left_out() -> None:
    user = read_init_data(
        a_proof({"id": 7, "first_name": "Ada", "username": 7, "last_name": []}), TOKEN, NOON
    ).user
    assert (user.full_name, user.username) == ("Ada", None)


def test_a_refusal_quotes_nothing_of_the_proof() -> None:
    with pytest.raises(NotVouchedFor) as refused:
        read_init_data(a_proof() + "0", TOKEN, NOON)
    assert "Bruno" not in str(refused.value)
