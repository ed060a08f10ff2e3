"""An environment as the settings file keeps it: plain JSON, without any ID or secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from gcdesk.desk.environment import COLOURS, DEFAULT_COLOUR, Environment, check_environment
from gcdesk.errors import EnvironmentInputError
from gcdesk.guest.identity import IdentityProvider

_ATTRIBUTES = "attributes"
_SIGN_IN = "sign_in"
_TEXTS = ("name", "region", "endpoint", "origin", "crm_id_key", "colour", "first_message", "proxy")


def to_record(environment: Environment, before: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of an environment; what another version put into the entry before stays there."""
    fields: dict[str, Any] = {name: getattr(environment, name) for name in _TEXTS}
    fields[_ATTRIBUTES] = dict(environment.attributes)
    sign_in_before = before.get(_SIGN_IN)
    if environment.sign_in.is_set or isinstance(sign_in_before, dict):
        kept = sign_in_before if isinstance(sign_in_before, dict) else {}
        fields[_SIGN_IN] = {**kept, **asdict(environment.sign_in)}
    return {**before, "id": environment.identifier, **fields}


def from_record(record: Any) -> Environment:
    """The environment of an entry, checked.

    Raises:
        EnvironmentInputError: The entry has no identifier, or a field cannot be used.
        GcdeskError: As check_environment.
    """
    if not isinstance(record, dict) or not isinstance(record.get("id"), str) or not record["id"]:
        raise EnvironmentInputError("The entry has no identifier.")
    texts = {name: value for name in _TEXTS if isinstance(value := record.get(name), str)}
    environment = Environment(
        **{"name": "", **texts},
        attributes=_texts_of(record.get(_ATTRIBUTES)),
        sign_in=_provider_of(record.get(_SIGN_IN)),
        identifier=record["id"],
    )
    if environment.colour not in COLOURS:
        environment = replace(environment, colour=DEFAULT_COLOUR)
    return check_environment(environment)


def _texts_of(record: Any) -> dict[str, str]:
    if not isinstance(record, dict):
        return {}
    return {key: value for key, value in record.items() if isinstance(key, str) and isinstance(value, str)}


def _provider_of(record: Any) -> IdentityProvider:
    if not isinstance(record, dict):
        return IdentityProvider()
    names = ("authorization_url", "client_id", "scopes", "redirect")
    texts = {name: value for name in names if isinstance(value := record.get(name), str)}
    age = record.get("max_age")
    is_age = isinstance(age, int) and not isinstance(age, bool)
    return IdentityProvider(**texts, max_age=age if is_age else None)
