"""Where secrets live: in the operating system's keyring or in memory, never in a file.

Entries are texts under the service name "gcdesk" and a key. Every failure of the keyring comes out as
KeyringUnavailableError or KeyringRefusedError.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from gcdesk.errors import GcdeskError, KeyringRefusedError, KeyringUnavailableError
from gcdesk.guest.masking import mask_text

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE_NAME = "gcdesk"

MOST_CHARACTERS = 1200
"""Characters in one entry of the keyring; Windows takes 2,560 bytes and counts two for each character."""

MOST_PARTS = 24
"""Entries that one text may be spread over."""

# Backends that hand secrets to the operating system. Others may keep them in a plain file, so they are
# refused.
_TRUSTED = {
    "keyring.backends.SecretService": "the Secret Service",
    "keyring.backends.libsecret": "the Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "the macOS keychain",
    "keyring.backends.Windows": "the Windows Credential Manager",
}

_PARTS = "gcdesk-parts"

T = TypeVar("T")


class DamagedEntryError(KeyringRefusedError):
    """A part of what was kept is gone."""

    title = "The keyring's entry is damaged: a part of it is missing."
    hint = "Enter again what was kept there."


class Vault(Protocol):
    """Keeps texts by a key. All calls may block for as long as a person looks at a password prompt.

    Each raises KeyringUnavailableError where there is no usable keyring, and KeyringRefusedError where there
    is one that did not do what was asked.
    """

    @property
    def backend_name(self) -> str:
        """Where the texts are kept, as in "kept in ..."."""

    @property
    def lasting(self) -> bool:
        """Whether the texts are still there when the program is started again."""

    def read(self, key: str) -> str | None:
        """Return the text under `key`, None if there is none."""

    def write(self, key: str, text: str) -> None:
        """Keep the text under `key`, in place of any other."""

    def delete(self, key: str) -> None:
        """Forget the text under `key`; nothing if there is none."""


class MemoryVault:
    """A Vault in memory: everything is forgotten when the program ends."""

    backend_name = "this session only"
    lasting = False

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def read(self, key: str) -> str | None:
        """Return the text under `key`, None if there is none."""
        return self._texts.get(key)

    def write(self, key: str, text: str) -> None:
        """Keep the text under `key`, in place of any other."""
        self._texts[key] = text

    def delete(self, key: str) -> None:
        """Forget the text under `key`; nothing if there is none."""
        self._texts.pop(key, None)


class KeyringVault:
    """A Vault in the operating system's keyring.

    Making one costs nothing: the keyring is looked for at the first call, and again after a failure. A text that is
    too long for one entry is spread over several; the entry under its own key then names them, and is changed last,
    so that a text is whole at every moment.
    """

    lasting = True

    def __init__(self) -> None:
        self._found: KeyringBackend | None = None

    @property
    def backend_name(self) -> str:
        """Where the texts are kept, as in "kept in ..."; raises KeyringUnavailableError if nowhere."""
        return _trusted_name(self._backend())

    def read(self, key: str) -> str | None:
        """Return the text under `key`, None if there is none; raises as Vault says."""
        text = self._get(key)
        if text is None or (names := _part_names(key, text)) is None:
            return text
        parts = [self._get(name) for name in names]
        if None in parts:
            raise DamagedEntryError
        return "".join(part for part in parts if part is not None)

    def write(self, key: str, text: str) -> None:
        """Keep the text under `key`, in place of any other; raises as Vault says."""
        before = self._parts_of(key)
        head = text
        names: list[str] = []
        if len(text) > MOST_CHARACTERS or _part_names(key, text) is not None:
            pieces = [text[start : start + MOST_CHARACTERS] for start in range(0, len(text), MOST_CHARACTERS)]
            if len(pieces) > MOST_PARTS:
                raise KeyringRefusedError(
                    "What should be kept is too long for the keyring.",
                    "Forget older entries, then try again.",
                )
            head = json.dumps({_PARTS: len(pieces), "of": secrets.token_hex(4)})
            names = _part_names(key, head) or []
            for name, piece in zip(names, pieces, strict=True):
                self._set(name, piece)
        self._set(key, head)
        self._erase_found(name for name in before if name not in names)

    def delete(self, key: str) -> None:
        """Forget the text under `key`; nothing if there is none; raises as Vault says."""
        head = self._get(key)
        if head is None:
            return
        self._erase(key)
        self._erase_found(_part_names(key, head) or ())

    def _erase_found(self, keys: Iterable[str]) -> None:
        for key in keys:
            if self._get(key) is not None:
                self._erase(key)

    def _parts_of(self, key: str) -> list[str]:
        head = self._get(key)
        return [] if head is None else _part_names(key, head) or []

    def _get(self, key: str) -> str | None:
        backend = self._backend()
        return _ask(lambda: backend.get_password(SERVICE_NAME, key))

    def _set(self, key: str, text: str) -> None:
        backend = self._backend()
        _ask(lambda: backend.set_password(SERVICE_NAME, key, text))
        if self._get(key) != text:
            raise KeyringRefusedError("The keyring did not keep what was given to it.")

    def _erase(self, key: str) -> None:
        backend = self._backend()
        _ask(lambda: backend.delete_password(SERVICE_NAME, key))
        if self._get(key) is not None:
            raise KeyringRefusedError("The keyring did not erase what it should.")

    def _backend(self) -> KeyringBackend:
        if self._found is None:
            self._found = _find_backend()
        return self._found


def _part_names(key: str, head: str) -> list[str] | None:
    """The keys of the entries that a text is spread over, None if it stands whole under its own key."""
    if _PARTS not in head:
        return None
    try:
        value: Any = json.loads(head)
        count, generation = int(value[_PARTS]), str(value["of"])
    except (ValueError, RecursionError, TypeError, KeyError):
        return None
    return [f"{key}#{generation}#{number}" for number in range(min(max(count, 0), MOST_PARTS))]


def _find_backend() -> KeyringBackend:
    # 80 ms that only commands which need IDs should pay for.
    try:
        import keyring.core
        from keyring.backends.chainer import ChainerBackend
    except ImportError as error:
        raise KeyringUnavailableError(detail=str(error)) from error
    # PYTHON_KEYRING_BACKEND and keyringrc.cfg may name anything, a module that does not exist for one.
    try:
        # Not get_keyring(): it would keep a keyring that was missing once for as long as the program runs.
        keyring.core.init_backend()
        found = keyring.core.get_keyring()
    except Exception as error:
        raise KeyringUnavailableError(detail=_account(error)) from error
    candidates: list[KeyringBackend] = [found]
    if isinstance(found, ChainerBackend):
        candidates = list(found.backends)
    for candidate in candidates:
        if _trusted_name(candidate):
            return candidate
    raise _unfit(found)


def _trusted_name(backend: KeyringBackend) -> str:
    return _TRUSTED.get(type(backend).__module__, "")


def _unfit(backend: KeyringBackend) -> KeyringUnavailableError:
    kind = f"{type(backend).__module__}.{type(backend).__qualname__}"
    if kind == "keyring.backends.fail.Keyring":
        return KeyringUnavailableError(detail=kind)
    return KeyringUnavailableError(
        "The keyring that is set up here is not the operating system's, so IDs cannot be kept safely.",
        "Remove the setting that chooses it (PYTHON_KEYRING_BACKEND or keyringrc.cfg), "
        "or use the IDs for this session only.",
        detail=kind,
    )


def _ask(act: Callable[[], T]) -> T:
    try:
        return act()
    except GcdeskError:
        raise
    except Exception as error:
        raise _translate(error) from error


def _translate(error: Exception) -> GcdeskError:
    # By name: secretstorage and the others are not there on every platform.
    names = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    detail = _account(error)
    if names & {"KeyringLocked", "LockedException", "PromptDismissedException"}:
        return KeyringRefusedError(
            "The keyring is locked, or the question for its password was cancelled.", detail=detail
        )
    if names & {
        "NoKeyringError",
        "InitError",
        "SecretServiceNotAvailableException",
        "OSError",
        "ImportError",
    }:
        return KeyringUnavailableError(detail=detail)
    return KeyringRefusedError(detail=detail)


def _causes(error: BaseException) -> list[BaseException]:
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen:
        seen.append(current)
        current = current.__cause__
    return seen


def _account(error: Exception) -> str:
    return mask_text(f"{type(error).__name__}: {error}")[:500]
