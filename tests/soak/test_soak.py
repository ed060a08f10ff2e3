"""An hour of simulated time with a break a minute; the script beside it does eight."""

from __future__ import annotations

from tests.soak.endurance import endure


def test_nothing_is_lost_or_doubled_while_the_connection_breaks() -> None:
    outcome = endure(1.0, seed=5)
    assert sum(outcome.breaks.values()) >= 45
    assert outcome.sessions > sum(outcome.breaks.values()) // 2
    assert len(outcome.said) > 100
    assert not outcome.wrong(), "\n".join(outcome.lines())
