"""Keyring backends that misbehave, under the names by which the `keyring` package may load them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from keyring import core
from keyring.backend import KeyringBackend


class Trusted(KeyringBackend):
    """A keyring in memory that passes for the Secret Service; `failure` is raised by every call."""

    priority = 1.0

    def __init__(
        self, failure: Exception | None = None, *, forgets: bool = False, clings: bool = False
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.failure = failure
        self.forgets = forgets
        self.clings = clings
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        if not self.clings:
            del self.kept[service, username]

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


Trusted.__module__ = "keyring.backends.SecretService"


class PlainFile(Trusted):
    """A keyring that would write a plain file."""


PlainFile.__module__ = "keyrings.alt.file"


@contextmanager
def chosen_backend(backend: KeyringBackend) -> Iterator[None]:
    """Make the `keyring` package find this backend while the block runs."""
    original = core._detect_backend
    core._detect_backend = lambda limit=None: backend
    try:
        yield
    finally:
        core._detect_backend = original
