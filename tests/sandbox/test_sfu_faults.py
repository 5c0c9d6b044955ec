"""Faults do to packets what they are asked to do."""

from random import Random

from sandbox.sfu.faults import Faults


def test_without_faults_everything_passes_at_once() -> None:
    faults = Faults()
    assert not any(faults.swallow() for _ in range(1000))
    assert faults.delay() == 0.0


def test_loss_is_the_share_that_was_asked_for() -> None:
    faults = Faults(loss=0.3, _random=Random(7))  # noqa: S311
    lost = sum(faults.swallow() for _ in range(10_000))
    assert 2800 < lost < 3200


def test_jitter_delays_within_its_bound() -> None:
    faults = Faults(jitter=0.05, _random=Random(7))  # noqa: S311
    delays = [faults.delay() for _ in range(1000)]
    assert 0 <= min(delays) < 0.01
    assert 0.04 < max(delays) <= 0.05


def test_nothing_leaves_a_black_hole() -> None:
    assert Faults(black_hole=True).swallow()
