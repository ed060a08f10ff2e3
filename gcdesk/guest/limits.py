"""The service's limits and the times a client keeps (guest API, sections 5 and 8)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures that pace and bound a session; bytes, seconds and counts as the names say.

    `messages_per_second` stays well below the five the service allows, `message_burst` messages may follow one
    another at once. `reconnect_budget` is how long a broken connection is tried again before it counts as lost.
    """

    message_bytes: int = 4096
    attribute_bytes: int = 2048
    frame_bytes: int = 1024 * 1024
    messages_per_second: float = 2.0
    message_burst: int = 3
    requests_per_minute: int = 60
    open_timeout: float = 30.0
    configure_timeout: float = 20.0
    deployment_timeout: float = 10.0
    close_timeout: float = 1.0
    ping_interval: float = 15.0
    ping_timeout: float = 15.0
    echo_cooldown: float = 30.0
    typing_cooldown: float = 5.0
    reconnect_pause: float = 5.0
    reconnect_budget: float = 300.0
