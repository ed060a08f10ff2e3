"""The service's limits and the times a client keeps (guest API, sections 5 and 8)."""

from __future__ import annotations

from dataclasses import dataclass, fields

from gcdesk.errors import LimitInputError
from gcdesk.guest.attributes import ATTRIBUTE_BYTES
from gcdesk.phrase import Phrase

LARGEST = 1_000_000_000
"""No limit makes sense beyond this, whatever its unit."""

_SMALLEST = 0.001
_MAY_BE_ZERO = frozenset(
    {
        "requests_reserved",
        "echo_cooldown",
        "typing_cooldown",
        "reconnect_pause",
        "reconnect_budget",
        "expiry_notice",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures that pace and bound a session; bytes, seconds and counts as the names say.

    `messages_per_second` stays well below the five the service allows, `message_burst` messages may follow one
    another at once. Of a connection's `requests_per_minute` typing and health checks leave `requests_reserved` to
    what matters. Echoes count for a connection, configures and pages of the history for a session,
    `connections_per_minute` for a deployment. `reconnect_budget` is how long a broken connection is tried again
    before it counts as lost, `expiry_notice` how long before its end an unused session is announced to expire.
    `uploads_at_once` files are under way together; `file_timeout` is the wait for each answer about a file,
    `transfer_timeout` how long the storage may be silent; `unready_pause` and `unready_tries` are for a message
    whose file the service does not take for uploaded yet. `history_timeout` is the wait for a page of the history,
    or for the key to it; `catch_up_timeout` how long own messages wait after a break until the history tells whether
    they arrived, `confirm_timeout` how long one may lack its echo until the history is asked about it.
    `renew_timeout` is the wait for the old conversation to close before a new one begins, `clear_timeout` for the
    service to end one, `check_timeout` for a sign of life. `default_hold` is the pause after a refusal for speed that
    names none.

    Raises:
        LimitInputError: A figure is no number, not whole where things are counted, or too small or large to make sense.
    """

    message_bytes: int = 4096
    attribute_bytes: int = ATTRIBUTE_BYTES
    frame_bytes: int = 1024 * 1024
    messages_per_second: float = 2.0
    message_burst: int = 3
    requests_per_minute: int = 60
    requests_reserved: int = 6
    echoes_per_minute: int = 2
    configures_per_minute: int = 60
    history_per_minute: int = 10
    connections_per_token: int = 3
    connections_per_minute: int = 1000
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
    expiry_notice: float = 300.0
    uploads_at_once: int = 3
    file_timeout: float = 30.0
    transfer_timeout: float = 30.0
    unready_pause: float = 2.0
    unready_tries: int = 5
    history_page_size: int = 25
    history_timeout: float = 20.0
    catch_up_timeout: float = 4.0
    confirm_timeout: float = 15.0
    renew_timeout: float = 5.0
    clear_timeout: float = 10.0
    check_timeout: float = 5.0
    default_hold: float = 3.0

    def __post_init__(self) -> None:
        for field in fields(self):
            check_limit(field.name, getattr(self, field.name))


LIMIT_NAMES = tuple(field.name for field in fields(Limits))
_COUNTS = frozenset(field.name for field in fields(Limits) if field.type == "int")


@dataclass(frozen=True, slots=True)
class LimitRange:
    """What a limit may be: a whole number or any, from `least` to `most`."""

    whole: bool
    least: float
    most: float


def range_of(name: str) -> LimitRange:
    """What the limit of that name may be; one of `LIMIT_NAMES`."""
    whole = name in _COUNTS
    return LimitRange(whole, 0 if name in _MAY_BE_ZERO else 1 if whole else _SMALLEST, LARGEST)


def check_limit(name: str, value: object) -> None:
    """Refuse a figure that cannot be used.

    Args:
        name: One of `LIMIT_NAMES`.
        value: What was asked for.

    Raises:
        LimitInputError: It is no number, not whole where things are counted, or too small or large to make sense.
    """
    allowed = range_of(name)
    counts, least = allowed.whole, allowed.least
    # True is a number to Python, but not to whoever wrote it; a comparison refuses what is not finite.
    number = not isinstance(value, bool) and isinstance(value, int if counts else int | float)
    if number and least <= value <= LARGEST:  # type: ignore[operator] # a number by now
        return
    what = Phrase("a whole number") if counts else Phrase("a number")
    raise LimitInputError(
        Phrase(
            "The limit {name} has to be {what} from {least:g} to {most:,}.",
            name=name,
            what=what,
            least=least,
            most=LARGEST,
        )
    )
