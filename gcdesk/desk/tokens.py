"""What lets a customer go on later: sign-ins, and the tokens of guest sessions; in the keyring, never in a file.

One entry for each kind and place holds the newest few. A place is an environment's identifier, or the name of a
deployment that belongs to no environment.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gcdesk.desk.locks import file_lock
from gcdesk.desk.settings import settings_path
from gcdesk.desk.vault import MOST_CHARACTERS, MOST_PARTS, DamagedEntryError, Vault
from gcdesk.errors import KeyringRefusedError, KeyringUnavailableError
from gcdesk.guest.identity import Tokens
from gcdesk.guest.masking import mask

MOST_KEPT = 5
"""Sign-ins, and sessions, that are kept for one place."""

_SIGN_INS = "sign-ins"
_SESSIONS = "sessions"
_LOCK_FILE = "tokens.lock"
_ROOM = MOST_CHARACTERS * MOST_PARTS


@dataclass(frozen=True)
class KeptSignIn:
    """A customer who signed in at `at` (UTC). `customer` is what the person calls them; empty for the only one."""

    customer: str
    tokens: Tokens
    at: datetime

    def __repr__(self) -> str:
        return f"KeptSignIn(at={self.at!r}, tokens={self.tokens!r})"


@dataclass(frozen=True)
class KeptSession:
    """A guest session that was used last at `at` (UTC), for the customer with that CRM ID."""

    crm_id: str = field(repr=False)
    token: str = field(repr=False)
    at: datetime

    def __repr__(self) -> str:
        return f"KeptSession(token={mask(self.token)!r}, at={self.at!r})"


class _Dated(Protocol):
    @property
    def at(self) -> datetime: ...


_Kept = TypeVar("_Kept", bound=_Dated)


def place_of(address: str, deployment_id: str) -> str:
    """The name of a deployment that belongs to no environment; it tells neither of the two."""
    return "url-" + hashlib.sha256(f"{address}\n{deployment_id}".encode()).hexdigest()[:24]


class TokenStore:
    """Sign-ins and guest sessions by place. All calls may block while a person looks at a password prompt.

    Each raises KeyringUnavailableError where there is no usable keyring, and KeyringRefusedError where there is one
    that did not do what was asked. What is damaged counts as not there.

    Args:
        vault: Where the texts are kept.
        lock: A file that keeps several programs from changing an entry at once; beside the settings by default.
    """

    def __init__(self, vault: Vault, lock: Path | None = None) -> None:
        self._vault = vault
        self._lock_file = lock
        self._lock = threading.Lock()

    @property
    def lasting(self) -> bool:
        """Whether anything is still there when the program is started again."""
        return self._vault.lasting

    # Sign-ins

    def save_sign_in(self, place: str, customer: str, tokens: Tokens, at: datetime) -> None:
        """Keep a sign-in, in place of an earlier one of the same customer."""
        kept = KeptSignIn(customer, tokens, at)
        self._change(
            place, _SIGN_INS, _sign_in_of, _sign_in_as, lambda all_: [kept, *_others(all_, customer)]
        )

    def sign_ins(self, place: str) -> list[KeptSignIn]:
        """Who is signed in, newest first."""
        return self._read(place, _SIGN_INS, _sign_in_of)

    def sign_in(self, place: str, customer: str = "") -> Tokens | None:
        """The sign-in of a customer, None if there is none."""
        return next((kept.tokens for kept in self.sign_ins(place) if kept.customer == customer), None)

    def forget_sign_in(self, place: str, customer: str = "") -> None:
        """Forget a customer's sign-in; nothing if there is none."""
        self._change(place, _SIGN_INS, _sign_in_of, _sign_in_as, lambda all_: _others(all_, customer))

    # Guest sessions

    def save_session(self, place: str, crm_id: str, token: str, at: datetime) -> None:
        """Keep the token of a session, so that it can be resumed."""
        kept = KeptSession(crm_id, token, at)
        self._change(place, _SESSIONS, _session_of, _session_as, lambda all_: [kept, *_without(all_, token)])

    def sessions(self, place: str) -> list[KeptSession]:
        """The sessions that can be resumed, newest first."""
        return self._read(place, _SESSIONS, _session_of)

    def forget_session(self, place: str, token: str) -> None:
        """Forget a session's token; nothing if it is not kept."""
        self._change(place, _SESSIONS, _session_of, _session_as, lambda all_: _without(all_, token))

    def forget_all(self, place: str) -> None:
        """Forget everything of a place."""
        with self._asking(), self._alone():
            for kind in (_SIGN_INS, _SESSIONS):
                self._vault.delete(f"{kind}/{place}")

    # Inside

    def _read(self, place: str, kind: str, understand: Callable[[Any], _Kept | None]) -> list[_Kept]:
        with self._asking():
            try:
                text = self._vault.read(f"{kind}/{place}")
            except DamagedEntryError:
                text = None
        found = [item for record in _records(text) if (item := understand(record)) is not None]
        return sorted(found, key=lambda item: item.at, reverse=True)

    def _change(
        self,
        place: str,
        kind: str,
        understand: Callable[[Any], _Kept | None],
        as_record: Callable[[_Kept], dict[str, str]],
        change: Callable[[list[_Kept]], list[_Kept]],
    ) -> None:
        with self._alone():
            before = self._read(place, kind, understand)
            after = sorted(change(before), key=lambda item: item.at, reverse=True)[:MOST_KEPT]
            with self._asking():
                if not after:
                    self._vault.delete(f"{kind}/{place}")
                    return
                text = json.dumps([as_record(item) for item in after])
                while len(text) > _ROOM and len(after) > 1:
                    after.pop()
                    text = json.dumps([as_record(item) for item in after])
                self._vault.write(f"{kind}/{place}", text)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Between reading an entry and writing it nobody else may change it."""
        with self._lock:
            if not self._vault.lasting:
                yield
                return
            path = self._lock_file or settings_path().with_name(_LOCK_FILE)
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with file_lock(path):
                    yield
            except OSError as error:
                raise KeyringRefusedError(
                    "Another program is changing the keyring, or the settings folder cannot be written to.",
                    "Try again; if it happens again, check the folder's rights.",
                    detail=f"{type(error).__name__}: {error.strerror}",
                ) from error

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except KeyringUnavailableError as error:
            raise KeyringUnavailableError(
                "No usable keyring was found, so sign-ins and earlier sessions cannot be kept.",
                "Install or unlock a keyring such as GNOME Keyring or KWallet.",
                detail=error.detail,
            ) from error


def _others(kept: list[KeptSignIn], customer: str) -> list[KeptSignIn]:
    return [item for item in kept if item.customer != customer]


def _without(kept: list[KeptSession], token: str) -> list[KeptSession]:
    return [item for item in kept if item.token != token]


def _records(text: str | None) -> list[Any]:
    try:
        value = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return value if isinstance(value, list) else []


def _texts(record: Any, *names: str) -> list[str] | None:
    if not isinstance(record, dict):
        return None
    found = [value for name in names if isinstance(value := record.get(name), str)]
    return found if len(found) == len(names) else None


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _sign_in_of(record: Any) -> KeptSignIn | None:
    texts = _texts(record, "customer", "jwt", "refresh_token", "at")
    if texts is None or not texts[1] or (at := _moment(texts[3])) is None:
        return None
    return KeptSignIn(texts[0], Tokens(texts[1], texts[2]), at)


def _sign_in_as(kept: KeptSignIn) -> dict[str, str]:
    return {
        "customer": kept.customer,
        "jwt": kept.tokens.jwt,
        "refresh_token": kept.tokens.refresh_token,
        "at": kept.at.isoformat(),
    }


def _session_of(record: Any) -> KeptSession | None:
    texts = _texts(record, "crm_id", "token", "at")
    if texts is None or not texts[1] or (at := _moment(texts[2])) is None:
        return None
    return KeptSession(texts[0], texts[1], at)


def _session_as(kept: KeptSession) -> dict[str, str]:
    return {"crm_id": kept.crm_id, "token": kept.token, "at": kept.at.isoformat()}
