"""What is sent to a peer follows the peer."""

from sandbox.sfu.paths import Paths

WIRE, RADIO = ("10.0.0.1", 1000), ("192.168.1.1", 2000)


def test_the_first_path_that_is_checked_is_used() -> None:
    paths = Paths(0.0)
    paths.checked(WIRE, 1.0, is_nominated=False)
    assert (paths.address, paths.seen_at) == (WIRE, 1.0)


def test_a_second_path_waits_while_the_first_is_alive() -> None:
    paths = Paths(0.0)
    for now in (1.0, 3.5, 6.0, 8.5):
        paths.checked(WIRE, now, is_nominated=False)
        paths.checked(RADIO, now, is_nominated=False)
    assert paths.address == WIRE


def test_a_path_that_is_checked_no_more_is_left() -> None:
    paths = Paths(0.0)
    paths.checked(WIRE, 1.0, is_nominated=False)
    paths.checked(RADIO, 5.0, is_nominated=False)
    assert paths.address == WIRE
    paths.checked(RADIO, 7.0, is_nominated=False)
    assert paths.address == RADIO


def test_a_nominated_path_is_used_at_once() -> None:
    paths = Paths(0.0)
    paths.checked(WIRE, 1.0, is_nominated=False)
    paths.checked(RADIO, 1.1, is_nominated=True)
    paths.checked(WIRE, 1.2, is_nominated=False)
    assert paths.address == RADIO


def test_media_shows_the_path_that_the_client_chose() -> None:
    paths = Paths(0.0)
    paths.checked(WIRE, 1.0, is_nominated=False)
    paths.checked(RADIO, 1.1, is_nominated=False)
    paths.used(RADIO)
    assert paths.address == RADIO


def test_addresses_that_are_checked_no_more_are_forgotten() -> None:
    paths = Paths(0.0)
    paths.checked(WIRE, 1.0, is_nominated=False)
    paths.checked(RADIO, 9.0, is_nominated=False)
    assert paths.forget(5.0) == (WIRE,)
    assert paths.all() == (RADIO,)
    assert paths.forget(5.0) == ()
