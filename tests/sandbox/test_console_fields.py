"""Fields that requests hold, good ones and others."""

import pytest

from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields

WRONG_NUMBERS = [None, "", "x", "1.0", "1e3", "٣", "-", True, 1.5, [1], {"a": 1}, "9" * 30]


@pytest.mark.parametrize("value", [5, -5, 0, "5", "-1001000000001", 10**30])
def test_a_whole_number_may_come_as_text_as_in_an_address(value: object) -> None:
    assert Fields({"as": value}).whole("as") == int(str(value))


@pytest.mark.parametrize("value", WRONG_NUMBERS)
def test_what_is_no_whole_number_is_refused_by_name(value: object) -> None:
    with pytest.raises(Complaint, match='"as" must be a whole number') as refused:
        Fields({"as": value}).whole("as")
    assert refused.value.status == 400


def test_a_number_that_may_be_left_out() -> None:
    assert Fields({"thread": None}).whole_if_any("thread") is None
    assert Fields({}).whole_if_any("thread") is None
    assert Fields({"thread": 3}).whole_if_any("thread") == 3


@pytest.mark.parametrize("value", [0, 1, 0.5, 1.0])
def test_a_number_in_its_range(value: float) -> None:
    assert Fields({"loss": value}).number("loss", 0, 1) == value


@pytest.mark.parametrize("value", [-0.1, 1.1, 10**400, float("nan"), float("inf"), "0.5", True, None])
def test_a_number_out_of_its_range_is_refused(value: object) -> None:
    with pytest.raises(Complaint, match='"loss" must be a number from 0 to 1'):
        Fields({"loss": value}).number("loss", 0, 1)


def test_a_text_loses_the_blanks_around_it() -> None:
    assert Fields({"text": "  ciao\n"}).words("text") == "ciao"


@pytest.mark.parametrize("value", [None, "", "  \n", 5, ["a"], "x" * 11, "\ud83d"])
def test_a_text_that_is_none_is_refused(value: object) -> None:
    with pytest.raises(Complaint, match='"text"'):
        Fields({"text": value}).words("text", 10)


def test_a_text_that_may_be_left_out() -> None:
    assert Fields({"title": ""}).words_if_any("title") is None
    assert Fields({}).words_if_any("title") is None
    assert Fields({"title": "A talk"}).words_if_any("title") == "A talk"


@pytest.mark.parametrize("value", [None, 0, 1, "true", "", []])
def test_only_true_and_false_are_flags(value: object) -> None:
    assert Fields({"muted": True}).flag("muted") is True
    with pytest.raises(Complaint, match="true or false"):
        Fields({"muted": value}).flag("muted")
