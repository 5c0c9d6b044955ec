"""A bell loses no ring between looking and waiting."""

from rooms.bell import Bell


def test_who_listens_before_the_ring_hears_it_and_who_comes_after_does_not() -> None:
    bell = Bell()
    before = bell.next_ring()
    bell.ring()
    assert before.is_set()
    assert not bell.next_ring().is_set()
    assert bell.rings == 1


def test_a_chained_bell_rings_along() -> None:
    first, second = Bell(), Bell()
    first.chain(second)
    ring = second.next_ring()
    second.ring()
    assert first.rings == 0
    first.ring()
    assert ring.is_set()
    assert second.rings == 2
