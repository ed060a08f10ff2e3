"""The book of environments: names and places in the settings file, IDs in an IdStore.

The law of this file: an entry it cannot understand is shown as a notice, never dropped from the file, and no
ID ever reaches the settings. Calls that touch IDs may block while a person looks at a password prompt.
"""

from __future__ import annotations

import contextlib
import difflib
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gcdesk.desk.credentials import CredentialBook
from gcdesk.desk.environment import (
    COLOURS,
    DEFAULT_COLOUR,
    DEFAULT_CRM_ID_KEY,
    Environment,
    check_environment,
    check_ids,
    check_name,
    folded,
)
from gcdesk.desk.environment_record import from_record, to_record
from gcdesk.desk.ids import EnvironmentIds, IdStore, SessionIds
from gcdesk.desk.proxy_choice import read_choice
from gcdesk.desk.settings import Settings
from gcdesk.desk.tokens import TokenStore
from gcdesk.errors import EnvironmentInputError, GcdeskError, KeyringUnavailableError, MissingIdsError
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.identity import IdentityProvider
from gcdesk.phrase import Phrase

if TYPE_CHECKING:
    from gcdesk.chat.target import Target

__all__ = [
    "COLOURS",
    "DEFAULT_COLOUR",
    "DEFAULT_CRM_ID_KEY",
    "Environment",
    "EnvironmentIds",
    "Environments",
    "IdentityProvider",
    "check_environment",
    "check_ids",
    "check_name",
]

_LIST = "environments"
_CHOSEN = "chosen_environment"


class Environments:
    """All environments of one person.

    Args:
        settings: Where names, regions and the rest are kept.
        ids: Where the IDs are kept. With one that does not last, new environments do not last either.
    """

    def __init__(self, settings: Settings, ids: IdStore) -> None:
        self.settings = settings
        self.id_store = ids
        self.tokens = TokenStore(ids.vault, settings.path.with_name("tokens.lock"))
        self.credentials = CredentialBook(ids.vault)
        self._session_ids = SessionIds()
        self._session: list[Environment] = []
        self._notices: dict[str, None] = {}

    def take_notices(self) -> list[str]:
        """Sentences the person should read, once: about a damaged settings file or entries in it."""
        notice = self.settings.take_notice()
        notices = [*([notice] if notice else []), *self._notices]
        self._notices.clear()
        return notices

    def all(self) -> list[Environment]:
        """Every environment, in the order of their names. Raises SettingsError if the file cannot be read."""
        kept = [found for record in self._records() if (found := self._understand(record)) is not None]
        return sorted([*kept, *self._session], key=lambda environment: environment.name.casefold())

    def get(self, name: str) -> Environment:
        """Return the environment of that name, whatever the case.

        Raises:
            EnvironmentInputError: There is none; the hint names the closest one.
            SettingsError: The settings file cannot be read.
        """
        everything = self.all()
        wanted = folded(name)
        for environment in everything:
            if folded(environment.name) == wanted:
                return environment
        raise _no_such(name, [environment.name for environment in everything])

    def is_session_only(self, environment: Environment) -> bool:
        """Whether the environment, or what is known of its IDs, is forgotten when the program ends."""
        return self._session_ids.read(environment.identifier) is not None or not self.id_store.lasting

    @property
    def chosen(self) -> str:
        """The name of the environment chosen last, empty if there is none. Raises SettingsError."""
        identifier = self.settings.get(_CHOSEN, str, "")
        names = (environment.name for environment in self.all() if environment.identifier == identifier)
        return next(names, "")

    def choose(self, name: str) -> None:
        """Remember the choice; raises EnvironmentInputError for an unknown name, and SettingsError."""
        chosen = self.get(name)
        if chosen not in self._session:
            self.settings.set(_CHOSEN, chosen.identifier)

    def ids(self, name: str) -> EnvironmentIds:
        """Return the IDs of an environment; may block.

        Raises:
            EnvironmentInputError: There is no such environment.
            MissingIdsError: Its IDs are not kept here.
            KeyringUnavailableError: There is no usable keyring.
            KeyringRefusedError: The keyring did not answer.
            SettingsError: The settings file cannot be read.
        """
        environment = self.get(name)
        found = self._session_ids.read(environment.identifier) or self.id_store.read(environment.identifier)
        if found is None:
            raise MissingIdsError(Phrase("The IDs of {name} are not in this keyring.", name=environment.name))
        return found

    def proxy_of(self, environment: Environment) -> str:
        """Which proxy leads to an environment, as gcdesk.chat.proxies.finder takes it.

        Raises:
            ProxyInputError: The choice in the settings cannot be used.
            SettingsError: The settings file cannot be read.
        """
        return environment.proxy or read_choice(self.settings)

    def target_of(self, name: str, origin: str = "") -> tuple[Environment, EnvironmentIds, Target]:
        """Return an environment, its IDs, and where its chats go; may block.

        Args:
            name: Its name.
            origin: An Origin header to send in place of its own.

        Raises:
            ProxyInputError: The choice of a proxy in the settings cannot be used.
            GcdeskError: As `ids`.
        """
        # Who only keeps environments needs no chats.
        from gcdesk.chat.target import Target

        environment, ids = self.get(name), self.ids(name)
        place = environment.endpoint_of(), ids.deployment_id, origin or environment.origin
        return environment, ids, Target(*place, self.proxy_of(environment))

    def credentials_of(self, name: str) -> Credentials | None:
        """The OAuth client of an environment, None if it has none; may block, and raises as `ids`."""
        environment = self.get(name)
        try:
            return self.credentials.load(environment.identifier)
        except KeyringUnavailableError:
            if not self.is_session_only(environment):
                raise
            # Without a keyring it was never kept there.
            return None

    def keep_credentials(
        self, name: str, credentials: Credentials | None, *, session_only: bool = False
    ) -> None:
        """Keep the OAuth client of an environment, or erase it with None; may block, and raises as `ids`."""
        environment = self.get(name)
        here = session_only or environment in self._session
        if credentials is None:
            self.credentials.forget(environment.identifier, session_only=here)
        else:
            self.credentials.save(environment.identifier, credentials, session_only=here)

    def add(
        self, environment: Environment, ids: EnvironmentIds, *, session_only: bool = False
    ) -> Environment:
        """Add an environment and return it as it is kept; may block.

        Args:
            environment: The new environment.
            ids: Its IDs.
            session_only: Keep it, and its IDs, in memory and nowhere else.

        Raises:
            EnvironmentInputError: A field cannot be used, or the name is taken.
            EndpointError: The region or endpoint cannot be used.
            KeyringUnavailableError: There is no usable keyring; nothing was kept.
            KeyringRefusedError: The keyring did not keep the IDs; nothing was kept.
            SettingsError: The settings file cannot be used; nothing was kept.
        """
        ids = check_ids(ids)
        added = replace(check_environment(environment), identifier=secrets.token_hex(8))
        self._must_be_free(added)
        if session_only or not self.id_store.lasting:
            self._session_ids.write(added.identifier, ids)
            self._session.append(added)
            return added
        self.id_store.write(added.identifier, ids)
        with self._undoing(lambda: self.id_store.delete(added.identifier)), self.settings.editing() as data:
            self._must_be_free(added, _records_of(data))
            data[_LIST] = [*_raw_list(data), to_record(added, {})]
        return added

    def add_without_ids(self, environment: Environment) -> Environment:
        """Add an environment whose IDs are not known here; chats with it begin once they are entered.

        Raises:
            EnvironmentInputError: A field cannot be used, or the name is taken.
            GcdeskError: As check_environment.
            SettingsError: The settings file cannot be used; nothing was kept.
        """
        added = replace(check_environment(environment), identifier=secrets.token_hex(8))
        self._must_be_free(added)
        with self.settings.editing() as data:
            self._must_be_free(added, _records_of(data))
            data[_LIST] = [*_raw_list(data), to_record(added, {})]
        return added

    def edit(
        self,
        old_name: str,
        environment: Environment,
        ids: EnvironmentIds | None = None,
        *,
        session_only: bool = False,
    ) -> Environment:
        """Put `environment` in the place of the one called `old_name`; may block if `ids` are given.

        Args:
            old_name: The name it has so far.
            environment: All its fields as they shall be.
            ids: Its new IDs; None leaves them as they are.
            session_only: Keep the new IDs in memory and nowhere else.

        Raises:
            EnvironmentInputError: There is none of that name, a field cannot be used, or the new name is
                taken.
            EndpointError: The region or endpoint cannot be used.
            KeyringUnavailableError: There is no usable keyring; nothing was changed.
            KeyringRefusedError: The keyring did not keep the IDs; nothing was changed.
            SettingsError: The settings file cannot be used; nothing was changed.
        """
        old = self.get(old_name)
        checked_ids = check_ids(ids) if ids is not None else None
        edited = replace(check_environment(environment), identifier=old.identifier)
        self._must_be_free(edited)
        undo = self._replace_ids(edited, checked_ids, session_only or old in self._session)
        if old in self._session:
            self._session[self._session.index(old)] = edited
            return edited
        with self._undoing(undo), self.settings.editing() as data:
            self._must_be_free(edited, _records_of(data))
            data[_LIST] = [
                to_record(edited, record) if _is(record, edited.identifier) else record
                for record in _raw_list(data)
            ]
        return edited

    def remove(self, name: str, *, leave_ids: bool = False) -> None:
        """Remove an environment with its IDs and credentials, and forget its sign-ins and sessions; may block.

        Args:
            name: Its name.
            leave_ids: Remove it without touching the keyring, for when that cannot be reached.

        Raises:
            EnvironmentInputError: There is none of that name.
            KeyringUnavailableError: There is no usable keyring; nothing was removed.
            KeyringRefusedError: The keyring did not erase the IDs; nothing was removed.
            SettingsError: The settings file cannot be used.
        """
        environment = self.get(name)
        if environment not in self._session:
            if not leave_ids:
                self.tokens.forget_all(environment.identifier)
                self.id_store.delete(environment.identifier)
                self.credentials.forget(environment.identifier)
            with self.settings.editing() as data:
                data[_LIST] = [r for r in _raw_list(data) if not _is(r, environment.identifier)]
                if data.get(_CHOSEN) == environment.identifier:
                    del data[_CHOSEN]
        else:
            self._session.remove(environment)
        self._session_ids.delete(environment.identifier)
        self.credentials.forget(environment.identifier, session_only=True)

    def _replace_ids(
        self, environment: Environment, ids: EnvironmentIds | None, session_only: bool
    ) -> Callable[[], None]:
        """Keep new IDs, if any, and return what brings the old ones back."""
        if ids is None:
            return lambda: None
        store = self._session_ids if session_only or not self.id_store.lasting else self.id_store
        key = environment.identifier
        before = store.read(key)
        store.write(key, ids)
        if store is not self._session_ids:
            self._session_ids.delete(key)
        return lambda: store.delete(key) if before is None else store.write(key, before)

    @contextlib.contextmanager
    def _undoing(self, undo: Callable[[], None]) -> Any:
        try:
            yield
        except BaseException:
            # The first error is the one to report.
            with contextlib.suppress(GcdeskError):
                undo()
            raise

    def _must_be_free(self, environment: Environment, kept: list[Environment] | None = None) -> None:
        for other in self.all() if kept is None else [*kept, *self._session]:
            if other.identifier != environment.identifier and folded(other.name) == folded(environment.name):
                raise EnvironmentInputError(
                    Phrase("There is an environment named {name} already.", name=other.name),
                    "Choose another name.",
                )

    def _records(self) -> list[Any]:
        return self.settings.get(_LIST, list, [])

    def _understand(self, record: Any) -> Environment | None:
        try:
            return from_record(record)
        except GcdeskError as error:
            name = record.get("name") if isinstance(record, dict) else None
            why = Phrase(error.title)
            notice = (
                Phrase(
                    "The environment {name} in the settings file cannot be used. {why}", name=name, why=why
                )
                if isinstance(name, str) and name
                else Phrase("An environment in the settings file cannot be used. {why}", why=why)
            )
            self._notices[notice] = None
            return None


def _no_such(name: str, names: list[str]) -> EnvironmentInputError:
    by_key = {folded(known): known for known in names}
    close = difflib.get_close_matches(folded(name), by_key, n=1)
    if close:
        hint: str = Phrase("Did you mean {name}?", name=by_key[close[0]])
    elif names:
        hint = Phrase("There are: {names}.", names=", ".join(names))
    else:
        hint = "Add one with gcdesk env add, or in the window."
    return EnvironmentInputError(Phrase("There is no environment named {name}.", name=name.strip()), hint)


def _raw_list(data: dict[str, Any]) -> list[Any]:
    records = data.get(_LIST)
    return records if isinstance(records, list) else []


def _records_of(data: dict[str, Any]) -> list[Environment]:
    found = []
    for record in _raw_list(data):
        with contextlib.suppress(GcdeskError):
            found.append(from_record(record))
    return found


def _is(record: Any, identifier: str) -> bool:
    return isinstance(record, dict) and record.get("id") == identifier
