"""Where org IDs and deployment IDs live: in the operating system's keyring or in memory, never in a file.

One entry holds both IDs of one environment, under a key that survives a change of the environment's name. Every
failure of the keyring comes out as KeyringUnavailableError or KeyringRefusedError.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

from gcdesk.desk.vault import SERVICE_NAME, KeyringVault, MemoryVault, Vault
from gcdesk.errors import KeyringRefusedError
from gcdesk.guest.masking import mask

__all__ = ["SERVICE_NAME", "EnvironmentIds", "IdStore", "KeyringIds", "SessionIds", "open_id_store"]


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

    @property
    def vault(self) -> Vault:
        """Where other secrets of the same environments belong."""

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
        self.vault: Vault = MemoryVault()
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
    """An IdStore in the operating system's keyring. Making one costs nothing."""

    lasting = True

    def __init__(self) -> None:
        self.vault: Vault = KeyringVault()

    @property
    def backend_name(self) -> str:
        """Where the IDs are kept, as in "kept in ..."; raises KeyringUnavailableError if nowhere."""
        return self.vault.backend_name

    def read(self, key: str) -> EnvironmentIds | None:
        """Return the IDs under `key`, None if there are none; raises as IdStore says."""
        text = self.vault.read(key)
        return None if text is None else _decode(text)

    def write(self, key: str, ids: EnvironmentIds) -> None:
        """Keep the IDs under `key`, in place of any others; raises as IdStore says."""
        self.vault.write(key, json.dumps({"org_id": ids.org_id, "deployment_id": ids.deployment_id}))

    def delete(self, key: str) -> None:
        """Forget the IDs under `key`; nothing if there are none; raises as IdStore says."""
        self.vault.delete(key)


def open_id_store() -> KeyringIds:
    """Return the keyring of this computer, found and usable.

    Raises:
        KeyringUnavailableError: There is none, or only one that would keep IDs in a file. Offer `SessionIds`.
    """
    store = KeyringIds()
    _ = store.backend_name
    return store


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
