"""The OAuth clients of the environments: in the keyring, or from the variables that CI sets; never in a file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from gcdesk.desk.vault import Vault
from gcdesk.errors import EnvironmentInputError, KeyringRefusedError
from gcdesk.guest.credentials import Credentials
from gcdesk.phrase import Phrase

ID_VARIABLE = "GCDESK_CLIENT_ID"
SECRET_VARIABLE = "GCDESK_CLIENT_SECRET"  # noqa: S105 - the name of a variable, not a secret

_LONGEST = 500


def check_credentials(client_id: str, secret: str) -> Credentials:
    """The credentials without the blanks that copying adds.

    Raises:
        EnvironmentInputError: One of them is missing, or cannot be one.
    """
    client_id, secret = client_id.strip(), secret.strip()
    for text, what in ((client_id, Phrase("client ID")), (secret, Phrase("client secret"))):
        if not text:
            raise EnvironmentInputError(
                Phrase("The {what} is missing.", what=what),
                "Copy both from Admin, Integrations, OAuth: a client of the grant type client credentials.",
            )
        if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or " " in text:
            raise EnvironmentInputError(
                Phrase("That is no {what}.", what=what),
                "Copy it again from Admin, Integrations, OAuth, without anything around it.",
            )
    if ":" in client_id:
        raise EnvironmentInputError("That is no client ID.", "It holds no colon; copy it again.")
    return Credentials(client_id, secret)


def credentials_from_variables(variables: Mapping[str, str] | None = None) -> Credentials | None:
    """The credentials that the environment variables give, None if they give none.

    Raises:
        EnvironmentInputError: Only one of the two is set, or one cannot be used.
    """
    variables = os.environ if variables is None else variables
    client_id, secret = variables.get(ID_VARIABLE, ""), variables.get(SECRET_VARIABLE, "")
    if not client_id and not secret:
        return None
    if not client_id or not secret:
        missing = SECRET_VARIABLE if client_id else ID_VARIABLE
        raise EnvironmentInputError(
            Phrase("{missing} is not set, but the other variable is.", missing=missing),
            "Set both, or neither.",
        )
    return check_credentials(client_id, secret)


class CredentialBook:
    """The credentials by environment, some of them for this session only. Calls may block, and raise as Vault says."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._session: dict[str, Credentials] = {}

    @property
    def backend_name(self) -> str:
        """Where they are kept, as in "kept in ..."."""
        return self._vault.backend_name

    def load(self, identifier: str) -> Credentials | None:
        """The credentials of the environment with that identifier, None if there are none."""
        if identifier in self._session:
            return self._session[identifier]
        text = self._vault.read(_key(identifier))
        if text is None:
            return None
        try:
            value = json.loads(text)
            client_id, secret = value["client_id"], value["client_secret"]
        except (ValueError, RecursionError, TypeError, KeyError):
            client_id = secret = None
        if not isinstance(client_id, str) or not isinstance(secret, str):
            raise KeyringRefusedError(
                "The keyring's entry for these credentials is damaged.", "Enter the credentials again."
            )
        return Credentials(client_id, secret)

    def save(self, identifier: str, credentials: Credentials, *, session_only: bool = False) -> None:
        """Keep them, in place of any others; `session_only` keeps them in memory and nowhere else."""
        if session_only:
            self._session[identifier] = credentials
            return
        value = {"client_id": credentials.client_id, "client_secret": credentials.secret}
        self._vault.write(_key(identifier), json.dumps(value))
        self._session.pop(identifier, None)

    def forget(self, identifier: str, *, session_only: bool = False) -> None:
        """Erase them; nothing if there are none. `session_only` leaves the keyring alone."""
        self._session.pop(identifier, None)
        if not session_only:
            self._vault.delete(_key(identifier))


def _key(identifier: str) -> str:
    return f"credentials:{identifier}"
