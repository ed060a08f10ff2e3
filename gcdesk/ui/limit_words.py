"""The limits in words, by what they are about; the names are those of gcdesk.guest.limits.Limits."""

from __future__ import annotations

from typing import Final, NamedTuple

from gcdesk.ui.words import QT_TRANSLATE_NOOP


class LimitGroup(NamedTuple):
    """Limits that belong together: a heading, and the words for each. Both are translated in the context "Limits"."""

    heading: str
    limits: tuple[tuple[str, str], ...]


LIMIT_GROUPS: Final = (
    LimitGroup(
        QT_TRANSLATE_NOOP("Limits", "Sizes, in bytes"),
        (
            ("message_bytes", QT_TRANSLATE_NOOP("Limits", "A message")),
            ("attribute_bytes", QT_TRANSLATE_NOOP("Limits", "All custom attributes together")),
            ("frame_bytes", QT_TRANSLATE_NOOP("Limits", "A frame that comes in")),
        ),
    ),
    LimitGroup(
        QT_TRANSLATE_NOOP("Limits", "Pace"),
        (
            ("messages_per_second", QT_TRANSLATE_NOOP("Limits", "Messages a second")),
            ("message_burst", QT_TRANSLATE_NOOP("Limits", "Messages that may follow one another at once")),
            ("requests_per_minute", QT_TRANSLATE_NOOP("Limits", "Requests a minute on a connection")),
            ("requests_reserved", QT_TRANSLATE_NOOP("Limits", "Of these, kept free for what matters")),
            ("echoes_per_minute", QT_TRANSLATE_NOOP("Limits", "Health checks a minute")),
            ("configures_per_minute", QT_TRANSLATE_NOOP("Limits", "Configures of a session a minute")),
            ("history_per_minute", QT_TRANSLATE_NOOP("Limits", "Pages of earlier messages a minute")),
            ("connections_per_token", QT_TRANSLATE_NOOP("Limits", "Connections of one session")),
            ("connections_per_minute", QT_TRANSLATE_NOOP("Limits", "Connections to a deployment a minute")),
            ("uploads_at_once", QT_TRANSLATE_NOOP("Limits", "Files sent at the same time")),
            ("history_page_size", QT_TRANSLATE_NOOP("Limits", "Messages on a page of earlier messages")),
            (
                "unready_tries",
                QT_TRANSLATE_NOOP("Limits", "Tries to send a message whose file is not ready yet"),
            ),
        ),
    ),
    LimitGroup(
        QT_TRANSLATE_NOOP("Limits", "Waits, in seconds"),
        (
            ("open_timeout", QT_TRANSLATE_NOOP("Limits", "For a connection to open")),
            ("configure_timeout", QT_TRANSLATE_NOOP("Limits", "For a session to be configured")),
            ("deployment_timeout", QT_TRANSLATE_NOOP("Limits", "For the deployment's configuration")),
            ("check_timeout", QT_TRANSLATE_NOOP("Limits", "For a sign of life")),
            (
                "confirm_timeout",
                QT_TRANSLATE_NOOP("Limits", "For the echo of a message, before the history is asked"),
            ),
            ("history_timeout", QT_TRANSLATE_NOOP("Limits", "For a page of earlier messages")),
            (
                "catch_up_timeout",
                QT_TRANSLATE_NOOP("Limits", "For what was missed while the connection was broken"),
            ),
            ("file_timeout", QT_TRANSLATE_NOOP("Limits", "For each answer about a file")),
            ("transfer_timeout", QT_TRANSLATE_NOOP("Limits", "For a file's storage that is silent")),
            (
                "renew_timeout",
                QT_TRANSLATE_NOOP("Limits", "For the old conversation to close before a new one"),
            ),
            ("clear_timeout", QT_TRANSLATE_NOOP("Limits", "For the service to end a conversation")),
            ("close_timeout", QT_TRANSLATE_NOOP("Limits", "For a connection to close")),
            ("ping_timeout", QT_TRANSLATE_NOOP("Limits", "For the answer to a ping")),
        ),
    ),
    LimitGroup(
        QT_TRANSLATE_NOOP("Limits", "Pauses, in seconds"),
        (
            ("ping_interval", QT_TRANSLATE_NOOP("Limits", "Between pings of the connection")),
            ("echo_cooldown", QT_TRANSLATE_NOOP("Limits", "Between health checks")),
            ("typing_cooldown", QT_TRANSLATE_NOOP("Limits", "Between typing indicators")),
            ("default_hold", QT_TRANSLATE_NOOP("Limits", "After a refusal for speed that names none")),
            (
                "unready_pause",
                QT_TRANSLATE_NOOP("Limits", "Before a message goes again whose file was not ready"),
            ),
            ("reconnect_pause", QT_TRANSLATE_NOOP("Limits", "Before a broken connection is tried again")),
            ("reconnect_budget", QT_TRANSLATE_NOOP("Limits", "Until a broken connection counts as lost")),
            (
                "expiry_notice",
                QT_TRANSLATE_NOOP("Limits", "Before its end that an unused session is announced to expire"),
            ),
        ),
    ),
)
