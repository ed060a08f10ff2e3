"""From exceptions to named errors, where no socket is needed."""

from __future__ import annotations

import errno
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK, InvalidURI
from websockets.frames import Close

from gcdesk.chat.failures import connect_error, lost_error, plain_detail, retry_seconds, tls_error
from gcdesk.errors import (
    ConnectError,
    ConnectionLostError,
    NameNotFoundError,
    OpenTimeoutError,
    TlsError,
    UnreachableError,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
UUID = "01234567-89ab-4cde-8f01-23456789abcd"


@pytest.mark.parametrize(
    ("error", "kind", "title"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "unknown"),
            NameNotFoundError,
            "The host name h could not be found.",
        ),
        (UnicodeError("label too long"), NameNotFoundError, "The host name h could not be found."),
        (OSError(errno.ETIMEDOUT, "timed out"), OpenTimeoutError, "h did not answer in time."),
        (OSError(errno.ENETUNREACH, "unreachable"), UnreachableError, "No network leads to h."),
        (OSError(errno.EHOSTUNREACH, "no route"), UnreachableError, "Nothing answers at h."),
        (OSError(errno.ECONNREFUSED, "refused"), UnreachableError, "Nothing answers at h."),
        (ConnectionResetError(), ConnectionLostError, "h closed the connection before it was open."),
        (BrokenPipeError(), ConnectionLostError, "h closed the connection before it was open."),
        (TimeoutError(), OpenTimeoutError, "h did not answer within 30 seconds."),
        (InvalidURI("x", "y"), ConnectError, "The connection could not be made."),
        (ValueError("odd"), ConnectError, "The connection could not be made."),
        (ssl.SSLError(1, "odd"), TlsError, "The secure connection to h could not be made."),
    ],
)
def test_what_keeps_a_connection_from_opening(error: Exception, kind: type[ConnectError], title: str) -> None:
    named = connect_error(error, "h", "testing", 30)
    assert type(named) is kind
    assert named.title == title
    assert named.hint.endswith(".")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        *((code, "at this date") for code in (9, 10, 0x800B0101, -67818)),
        *((code, "another host") for code in (62, 64, 0x800B010F, -67602)),
        *((code, "Nobody") for code in (18, 20, 0x800B0109, -67843)),
        (1, "could not be verified"),
    ],
)
def test_what_is_wrong_with_a_certificate(code: int, words: str) -> None:
    error = ssl.SSLCertVerificationError(1, "bad")
    error.verify_code = code
    error.verify_message = f"because of {UUID}"
    named = tls_error(error, "h")
    assert words in named.title
    assert named.detail.startswith("because of ••")


def test_a_certificate_error_without_a_reason() -> None:
    named = tls_error(ssl.SSLCertVerificationError("Peer sent no certificates to verify"), "h")
    assert named.title == "The certificate of h could not be verified."
    assert "no certificates" in named.detail


@pytest.mark.parametrize(
    ("error", "title", "detail", "code"),
    [
        (
            ConnectionClosedOK(Close(1000, "bye"), Close(1000, "bye"), rcvd_then_sent=True),
            "The service closed the connection.",
            "Close code 1000, bye",
            1000,
        ),
        (
            ConnectionClosedError(Close(1011, f"token {UUID}\n"), None),
            "The service closed the connection.",
            "Close code 1011, token ••••••••abcd",
            1011,
        ),
        (ConnectionClosedError(None, None), "The connection was lost.", "No close frame", None),
        (
            ConnectionClosedError(None, Close(1011, "keepalive ping timeout")),
            "The service stopped answering.",
            "Closed from here with 1011, keepalive ping timeout",
            None,
        ),
        (
            ConnectionClosedError(None, Close(1009, "too big")),
            "The service sent a frame that is too large to be one of a chat.",
            "Closed from here with 1009, too big",
            1009,
        ),
        (
            ConnectionClosedError(Close(1002, ""), Close(1002, "reserved bits"), rcvd_then_sent=False),
            "The service sent something that is not a WebSocket frame.",
            "Closed from here with 1002, reserved bits",
            1002,
        ),
    ],
)
def test_how_an_open_connection_ended(
    error: ConnectionClosedError | ConnectionClosedOK, title: str, detail: str, code: int | None
) -> None:
    named = lost_error(error)
    assert (named.title, named.detail, named.code) == (title, detail, code)


def test_a_broken_connection_says_what_broke_it() -> None:
    error = ConnectionClosedError(None, None)
    error.__cause__ = OSError(errno.ECONNRESET, "Connection reset by peer")
    assert "reset by peer" in lost_error(error).detail


@pytest.mark.parametrize(
    ("values", "seconds"),
    [
        ([], None),
        (["7"], 7),
        ([" 7 "], 7),
        (["0"], 0),
        (["soon"], None),
        (["-7"], None),
        (["७"], None),
        (["soon", "9"], 9),
        (["9" * 400], 24 * 3600),
        ([format_datetime(NOW + timedelta(seconds=90), usegmt=True)], 90),
        ([format_datetime(NOW - timedelta(seconds=90), usegmt=True)], 0),
        (["Thu, 01 Jan 2026 00:00:30 -0000"], 30),
    ],
)
def test_the_time_to_wait(values: list[str], seconds: float | None) -> None:
    assert retry_seconds(values, NOW) == seconds


@given(st.lists(st.text()))
def test_any_time_to_wait_is_bounded_or_none(values: list[str]) -> None:
    seconds = retry_seconds(values)
    assert seconds is None or 0 <= seconds <= 24 * 3600


@given(st.text())
def test_any_detail_is_one_printable_bounded_line(text: str) -> None:
    detail = plain_detail(text)
    assert len(detail) <= 300
    assert detail.isprintable()


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_detail_shows_an_id_whole(before: str, after: str) -> None:
    assert UUID not in plain_detail(f"{before} {UUID} {after}")
