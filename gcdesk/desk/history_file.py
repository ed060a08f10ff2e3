"""The history file: where it is, how it is opened, and what its failures are called.

It is one SQLite database with a write-ahead log, so that several programs can read and write it at once, and a
commit that has returned survives a power cut.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from gcdesk.desk.files import free_name, make_private_directory
from gcdesk.desk.history_schema import VERSION, check_index, migrate, version_of
from gcdesk.desk.locks import file_lock
from gcdesk.desk.settings import CONFIG_DIR_VARIABLE
from gcdesk.errors import (
    RecordBusyError,
    RecordDamagedError,
    RecordError,
    RecordFullError,
    RecordNewerError,
)
from gcdesk.phrase import Phrase

FILE_NAME = "history.db"
PATIENCE = 10.0
"""Seconds that a program waits for another one that is writing."""

_BESIDE = ("-wal", "-shm")
_PRIVATE = 0o600


def history_path() -> Path:
    """The history of this person: in GCDESK_CONFIG_DIR if set, else in the system's place for data."""
    named = os.environ.get(CONFIG_DIR_VARIABLE)
    if named:
        return Path(named).expanduser() / FILE_NAME
    # Only programs that keep a history pay for this import.
    from platformdirs import user_data_dir

    return Path(user_data_dir("gcdesk", appauthor=False)) / FILE_NAME


def open_history(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open the history, and make it if it is not there; the caller closes it.

    The connection commits each statement by itself unless it is told to BEGIN. Any thread may use it, one at a time.

    Raises:
        RecordError: It cannot be used; by kind where that is known.
    """
    with naming(path):
        make_private_directory(path.parent)
        _make_private_file(path)
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise in the block into a named RecordError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _named(error, path) from error
    except TimeoutError as error:
        raise RecordBusyError(detail=str(error)) from error
    except OSError as error:
        raise _unusable(path, error.strerror or type(error).__name__) from error


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of the block or nothing of it. Raises sqlite3.Error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A failure such as a full disk has ended it already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def set_aside(path: Path) -> Path | None:
    """Keep a damaged history under another name and return that; None if it is not damaged any more.

    Several programs may notice the damage at once: the first one sets the file aside, the others find a fresh one.

    Raises:
        RecordError: The file cannot be renamed.
    """
    with naming(path), file_lock(_lock_of(path)):
        if not _is_damaged(path):
            return None
        aside = free_name(path)
        path.rename(aside)
        for ending in _BESIDE:
            with contextlib.suppress(FileNotFoundError):
                Path(f"{path}{ending}").rename(f"{aside}{ending}")
        return aside


def _make_private_file(path: Path) -> None:
    # SQLite gives the files beside it the same rights.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _PRIVATE))
    if os.name == "posix" and path.stat().st_mode & 0o777 != _PRIVATE:
        path.chmod(_PRIVATE)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    for pragma in (
        # A commit returns when it is on the disk, on macOS in its very sense.
        "synchronous = FULL",
        "fullfsync = ON",
        "foreign_keys = ON",
        # What is deleted is overwritten, and nothing is written to a directory for temporary files.
        "secure_delete = ON",
        "temp_store = MEMORY",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")
    version = version_of(connection)
    if version > VERSION:
        raise RecordNewerError
    if version < VERSION:
        with file_lock(_lock_of(path)):
            _make_tables(connection)


def _make_tables(connection: sqlite3.Connection) -> None:
    # Before the first table, so that the file can give back the room of what is deleted.
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    # Some network drives cannot do this; the history then works as well, only slower.
    connection.execute("PRAGMA journal_mode = WAL")
    migrate(connection)


def _is_damaged(path: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return True
            check_index(connection)
            return False
    except sqlite3.Error as error:
        return isinstance(_named(error, path), RecordDamagedError)


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _unusable(path: Path, reason: str) -> RecordError:
    return RecordError(
        Phrase("The history file {path} could not be used ({reason}).", path=path, reason=reason)
    )


def _named(error: sqlite3.Error, path: Path) -> RecordError:
    # Errors of Python's own module carry no code.
    code = getattr(error, "sqlite_errorcode", None)
    detail = f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}"
    # The upper bits tell more than matters here.
    match None if code is None else code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return RecordFullError(detail=detail)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return RecordBusyError(detail=detail)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return RecordDamagedError(Phrase("The history file {path} is damaged.", path=path), detail=detail)
    named = _unusable(path, str(error))
    named.detail = detail
    return named
