"""Parameters: text becomes what the methods want, as leniently as Telegram reads it."""

import pytest

from sandbox.bot_api.parameters import Parameters, Upload
from sandbox.world.errors import ApiError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (" -12 ", -12),
        ("+3", 3),
        ("12abc", 12),
        ("abc", 0),
        ("", 7),
        ("1e3", 1),
        ("9" * 30, 0),
        ("½", 0),
    ],
)
def test_a_number_is_what_the_text_begins_with(text: str, number: int) -> None:
    assert Parameters({"n": text}).integer("n", 7) == number


def test_numbers_are_brought_into_their_bounds() -> None:
    parameters = Parameters({"low": "-5", "high": "5000"})
    assert [parameters.within(name, 100, 1, 100) for name in ("low", "high", "none")] == [1, 100, 100]


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("True", True), ("yes", True), ("1", True)])
def test_true_has_several_spellings(text: str, truth: bool) -> None:
    assert Parameters({"f": text}).flag("f") is truth


@pytest.mark.parametrize("text", ["false", "0", "", "no", "2"])
def test_everything_else_is_false(text: str) -> None:
    assert not Parameters({"f": text}).flag("f")


def test_a_required_one_must_be_there_and_not_empty() -> None:
    with pytest.raises(ApiError, match='Bad Request: parameter "name" is required'):
        Parameters({"name": ""}).required("name")


@pytest.mark.parametrize("text", ["", "0", "-5", "x"])
def test_a_user_has_a_positive_number(text: str) -> None:
    with pytest.raises(ApiError, match="Bad Request: invalid user_id specified"):
        Parameters({"user_id": text}).user()


def test_an_upload_is_found_under_its_name_or_where_it_is_attached() -> None:
    upload = Upload("a.txt", "text/plain", b"a")
    assert Parameters({}, {"document": upload}).upload("document") is upload
    assert Parameters({"document": "attach://f1"}, {"f1": upload}).upload("document") is upload
    assert Parameters({"document": "attach://f2"}, {"f1": upload}).upload("document") is None
