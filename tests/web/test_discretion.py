"""Discretion: faults are told by kind and place, never by what they quote."""

from web.discretion import discreet


def fault(secret: str) -> Exception:
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(secret) from error
    except ValueError as error:
        return error


def test_kind_and_place_are_told_and_messages_are_not() -> None:
    told = discreet(fault("s3cret"))
    assert "ValueError" in told
    assert "KeyError" in told
    assert "test_discretion.py" in told
    assert "s3cret" not in told


def test_the_parts_of_a_group_are_told_too() -> None:
    told = discreet(ExceptionGroup("s3cret", [fault("s3cret")]))
    assert "ExceptionGroup" in told
    assert "ValueError" in told
    assert "s3cret" not in told
