"""Exit statuses, and which error leads to which."""

from __future__ import annotations

from enum import IntEnum

from gcdesk.errors import (
    CheckError,
    ConnectError,
    ConnectionLostError,
    GcdeskError,
    HandshakeRefusedError,
    InputError,
    OpenTimeoutError,
    ServiceTimeoutError,
    SignInTimeoutError,
)


class Status(IntEnum):
    """How a command ended."""

    DONE = 0
    CHECK_FAILED = 1
    BAD_INPUT = 2
    REFUSED = 3
    TIMED_OUT = 4
    INTERRUPTED = 130


HELP = (
    "Exit status: 0 done; 1 a check failed; 2 bad input; 3 refused or could not connect; "
    "4 timed out; 130 interrupted."
)


def status_of(error: GcdeskError) -> Status:
    """The exit status of a command that ends with this error."""
    if isinstance(error, InputError):
        return Status.BAD_INPUT
    if isinstance(error, CheckError):
        return Status.CHECK_FAILED
    if isinstance(error, ServiceTimeoutError | OpenTimeoutError | SignInTimeoutError):
        return Status.TIMED_OUT
    return Status.REFUSED


def reason_of(error: GcdeskError) -> str:
    """The word or two with which a chat that ended with this error is reported."""
    match status_of(error):
        case Status.BAD_INPUT:
            return "bad input"
        case Status.CHECK_FAILED:
            return "check failed"
        case Status.TIMED_OUT:
            return "timed out"
    if isinstance(error, ConnectionLostError):
        return "connection lost"
    if isinstance(error, ConnectError) and not isinstance(error, HandshakeRefusedError):
        return "could not connect"
    return "refused"
