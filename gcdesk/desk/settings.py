"""The settings file: one JSON object that people may read and edit.

The law of this file: the file on disk is whole at every moment, only its owner can read it, and what this
version does not know stays in it. IDs and tokens never come here: they belong to the keyring
(gcdesk.desk.ids).
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from gcdesk.desk.files import free_name, make_private_directory, write_whole
from gcdesk.desk.locks import file_lock
from gcdesk.errors import SettingsError
from gcdesk.phrase import Phrase

CONFIG_DIR_VARIABLE = "GCDESK_CONFIG_DIR"
FILE_NAME = "settings.json"

T = TypeVar("T")


def settings_path() -> Path:
    """The settings file of this person: in GCDESK_CONFIG_DIR if set, else in the system's usual place."""
    named = os.environ.get(CONFIG_DIR_VARIABLE)
    if named:
        return Path(named).expanduser() / FILE_NAME
    # Only commands that read settings pay for this import.
    from platformdirs import user_config_dir

    return Path(user_config_dir("gcdesk", appauthor=False)) / FILE_NAME


class Settings:
    """The settings of one person. Each call reads or writes the file, so several programs can share it.

    Args:
        path: The file; `settings_path()` if left out. It need not exist.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_path()
        self._lock = threading.RLock()
        self._notice = ""
        self._told = False

    def take_notice(self) -> str:
        """What the person should be told about the file, once: empty if all is well."""
        notice, self._notice = self._notice, ""
        return notice

    def get(self, key: str, kind: type[T], default: T) -> T:
        """Return the value of `key` if it is there and of type `kind`, else `default`.

        Raises:
            SettingsError: The file is there but cannot be read.
        """
        value = (self._read() or {}).get(key)
        # true is an int to Python, but not to the person who edits the file.
        fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        return value if fits else default  # type: ignore[return-value]

    def set(self, key: str, value: object) -> None:
        """Store a JSON value under `key`; None removes it.

        Raises:
            SettingsError: The file cannot be read or written; it stays as it was.
        """
        with self.editing() as data:
            if value is None:
                data.pop(key, None)
            else:
                data[key] = value

    @contextlib.contextmanager
    def editing(self) -> Iterator[dict[str, Any]]:
        """Give the whole content to change, and write it when the block ends without an error.

        Other threads and programs that edit the file wait meanwhile, so keep the block short.

        Raises:
            SettingsError: The file cannot be read or written; it stays as it was.
        """
        with self._lock:
            try:
                make_private_directory(self.path.parent)
                with file_lock(self.path.with_name(self.path.name + ".lock")):
                    found = self._read()
                    data = {} if found is None else found
                    before = json.dumps(data)
                    yield data
                    if found is None:
                        self._set_aside()
                    if json.dumps(data) != before:
                        # Escapes keep half a character, which a file may hold, from making it impossible to write.
                        write_whole(self.path, json.dumps(data, indent=2, ensure_ascii=True) + "\n")
            except OSError as error:
                raise self._unusable(error, writing=True) from error

    def _read(self) -> dict[str, Any] | None:
        """The content, empty if there is no file, None if it is damaged."""
        with self._lock:
            try:
                raw = self.path.read_bytes()
            except FileNotFoundError:
                return {}
            except OSError as error:
                raise self._unusable(error) from error
            try:
                data = json.loads(raw)
            except (ValueError, RecursionError):
                data = None
            if isinstance(data, dict):
                return data
            if not self._told:
                self._notice = Phrase(
                    "The settings file {path} is damaged, so fresh settings are used. "
                    "It will be kept under another name when a setting changes.",
                    path=self.path,
                )
                self._told = True
            return None

    def _set_aside(self) -> None:
        aside = free_name(self.path)
        self.path.rename(aside)
        self._notice = Phrase(
            "The settings file was damaged. It was kept as {aside}, and a fresh one was begun.", aside=aside
        )

    def _unusable(self, error: OSError, *, writing: bool = False) -> SettingsError:
        path, reason = self.path, error.strerror or type(error).__name__
        if writing:
            title = Phrase(
                "The settings file {path} could not be written ({reason}).", path=path, reason=reason
            )
        else:
            title = Phrase("The settings file {path} could not be read ({reason}).", path=path, reason=reason)
        return SettingsError(title)
