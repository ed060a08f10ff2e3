"""Where org IDs and deployment IDs live: in the operating system's keyring or in memory, never in a file.

One entry holds both IDs of one environment, under the service name "gcdesk" and a key that survives a change
of the environment's name. Every failure of the keyring comes out as KeyringUnavailableError or
KeyringRefusedError.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from gcdesk.errors import GcdeskError, KeyringRefusedError, KeyringUnavailableError
from gcdesk.guest.masking import mask, mask_text

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE_NAME = "gcdesk"

# Backends that hand secrets to the operating system. Others may keep them in a plain file, so they are
# refused.
_TRUSTED = {
    "keyring.backends.SecretService": "the Secret Service",
    "keyring.backends.libsecret": "the Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "the macOS keychain",
    "keyring.backends.Windows": "the Windows Credential Manager",
}

T = TypeVar("T")


@dataclass(frozen=True)
class EnvironmentIds:
    """The IDs of one environment, UUIDs as text; an empty `org_id` means that it was not given."""

    org_id: str = ""
    deployment_id: str = ""

    def __repr__(self) -> str:
        return f"EnvironmentIds(org_id={mask(self.org_id)!r}, deployment_id={mask(self.deployment_id)!r})"


class IdStore(Protocol):
    """Keeps IDs by a key. All calls may block for as long as a person looks at a password prompt.

    Each raises KeyringUnavailableError where there is no usable keyring, and KeyringRefusedError where there
    is one that did not do what was asked.
    """

    @property
    def backend_name(self) -> str:
        """Where the IDs are kept, as in "kept in ..."."""

    @property
    def lasting(self) -> bool:
        """Whether the IDs are still there when the program is started again."""

    def read(self, key: str) -> EnvironmentIds | None:
        """Return the IDs under `key`, None if there are none."""

    def write(self, key: str, ids: EnvironmentIds) -> None:
        """Keep the IDs under `key`, in place of any others."""

    def delete(self, key: str) -> None:
        """Forget the IDs under `key`; nothing if there are none."""


class SessionIds:
    """An IdStore in memory: everything is forgotten when the program ends."""

    backend_name = "this session only"
    lasting = False

    def __init__(self) -> None:
        self._ids: dict[str, EnvironmentIds] = {}

    def read(self, key: str) -> EnvironmentIds | None:
        """Return the IDs under `key`, None if there are none."""
        return self._ids.get(key)

    def write(self, key: str, ids: EnvironmentIds) -> None:
        """Keep the IDs under `key`, in place of any others."""
        self._ids[key] = ids

    def delete(self, key: str) -> None:
        """Forget the IDs under `key`; nothing if there are none."""
        self._ids.pop(key, None)


class KeyringIds:
    """An IdStore in the operating system's keyring.

    Making one costs nothing: the keyring is looked for at the first call, and again after a failure.
    """

    lasting = True

    def __init__(self) -> None:
        self._found: KeyringBackend | None = None

    @property
    def backend_name(self) -> str:
        """Where the IDs are kept, as in "kept in ..."; raises KeyringUnavailableError if nowhere."""
        return _trusted_name(self._backend())

    def read(self, key: str) -> EnvironmentIds | None:
        """Return the IDs under `key`, None if there are none; raises as IdStore says."""
        backend = self._backend()
        text = _ask(lambda: backend.get_password(SERVICE_NAME, key))
        return None if text is None else _decode(text)

    def write(self, key: str, ids: EnvironmentIds) -> None:
        """Keep the IDs under `key`, in place of any others; raises as IdStore says."""
        backend = self._backend()
        text = json.dumps({"org_id": ids.org_id, "deployment_id": ids.deployment_id})
        _ask(lambda: backend.set_password(SERVICE_NAME, key, text))
        if _ask(lambda: backend.get_password(SERVICE_NAME, key)) != text:
            raise KeyringRefusedError("The keyring did not keep the IDs.")

    def delete(self, key: str) -> None:
        """Forget the IDs under `key`; nothing if there are none; raises as IdStore says."""
        backend = self._backend()
        if _ask(lambda: backend.get_password(SERVICE_NAME, key)) is None:
            return
        _ask(lambda: backend.delete_password(SERVICE_NAME, key))
        if _ask(lambda: backend.get_password(SERVICE_NAME, key)) is not None:
            raise KeyringRefusedError("The keyring did not erase the IDs.")

    def _backend(self) -> KeyringBackend:
        if self._found is None:
            self._found = _find_backend()
        return self._found


def open_id_store() -> KeyringIds:
    """Return the keyring of this computer, found and usable.

    Raises:
        KeyringUnavailableError: There is none, or only one that would keep IDs in a file. Offer `SessionIds`.
    """
    store = KeyringIds()
    _ = store.backend_name
    return store


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


def _decode(text: str) -> EnvironmentIds:
    try:
        value = json.loads(text)
        org_id, deployment_id = value["org_id"], value["deployment_id"]
    except (ValueError, RecursionError, TypeError, KeyError):
        org_id = deployment_id = None
    if not isinstance(org_id, str) or not isinstance(deployment_id, str):
        raise KeyringRefusedError(
            "The keyring's entry for this environment is damaged.", "Enter the environment's IDs again."
        )
    return EnvironmentIds(org_id, deployment_id)
