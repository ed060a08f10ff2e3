"""One environment: its fields, and the checks that they pass before they are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gcdesk.desk.ids import EnvironmentIds
from gcdesk.desk.proxy_choice import check_choice
from gcdesk.errors import EnvironmentInputError
from gcdesk.guest.attributes import check_attributes
from gcdesk.guest.identity import IdentityProvider, check_provider
from gcdesk.guest.limits import Limits
from gcdesk.guest.regions import (
    Endpoint,
    check_uuid,
    endpoint_for_region,
    endpoint_for_url,
    normalise_domain,
)
from gcdesk.phrase import Phrase

COLOURS = ("green", "blue", "amber", "red", "purple", "grey")
DEFAULT_COLOUR = "blue"
DEFAULT_CRM_ID_KEY = "crmCustomerId"
MAX_NAME_LENGTH = 60

_MESSAGE_BYTES = Limits().message_bytes


@dataclass(frozen=True)
class Environment:
    """A named target for test chats.

    Args:
        name: What people call it, unique whatever the case.
        region: The region's domain, such as "mypurecloud.de"; empty with an endpoint.
        endpoint: A custom ws:// or wss:// address; empty with a region.
        origin: The Origin header for deployments restricted to domains; empty for the usual one.
        crm_id_key: The custom attribute that carries the CRM customer ID.
        colour: One of COLOURS, so that production is never mistaken for a test environment.
        attributes: Custom attributes that every chat here sends beside the usual ones, key to text as it goes out.
        first_message: What every fresh chat here says at once; empty for nothing.
        proxy: Which proxy leads there, as in gcdesk.desk.proxy_choice; empty for that of the settings.
        sign_in: Where its customers sign in, if they do.
        identifier: Given by the book when the environment is added; it survives a change of name.
    """

    name: str
    region: str = ""
    endpoint: str = ""
    origin: str = ""
    crm_id_key: str = DEFAULT_CRM_ID_KEY
    colour: str = DEFAULT_COLOUR
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    first_message: str = ""
    proxy: str = ""
    sign_in: IdentityProvider = field(default_factory=IdentityProvider)
    identifier: str = field(default="", compare=False, repr=False)

    @property
    def place(self) -> str:
        """Where it is, as shown to people: the region's domain or the custom endpoint."""
        return self.region or self.endpoint

    def endpoint_of(self) -> Endpoint:
        """Return the addresses of its services; raises EndpointError if they cannot be told."""
        if self.region:
            return endpoint_for_region(self.region, self.origin or None)
        return endpoint_for_url(self.endpoint, self.origin or None)


def check_name(name: str) -> str:
    """Return the name without blanks around it.

    Raises:
        EnvironmentInputError: It is empty, too long, or holds characters that cannot be shown.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not name:
        raise EnvironmentInputError("The environment has no name.", "Give it a short name, such as Test.")
    if len(name) > MAX_NAME_LENGTH:
        raise EnvironmentInputError(
            Phrase("The name is {count} characters long.", count=len(name)),
            Phrase("Use at most {most} characters.", most=MAX_NAME_LENGTH),
        )
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in name):
        raise EnvironmentInputError(
            "The name holds characters that cannot be shown.", "Use letters, digits, blanks and dashes."
        )
    return name


def folded(name: str) -> str:
    """The name as names are compared: whatever the case, and however its accents are written."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def check_environment(environment: Environment) -> Environment:
    """Return the environment as it is kept: blanks removed, region and colour in their usual spelling.

    Raises:
        EnvironmentInputError: A field cannot be used.
        EndpointError: The region or the endpoint cannot be used.
        CustomAttributeError: A default attribute cannot be sent, or all together are too large.
        ProxyInputError: The proxy's address cannot be used.
    """
    region, endpoint = environment.region.strip(), environment.endpoint.strip()
    if bool(region) == bool(endpoint):
        raise EnvironmentInputError(
            "The environment has both a region and a custom endpoint."
            if region
            else "The environment has no region and no custom endpoint.",
            "Give it exactly one of the two.",
        )
    colour = environment.colour.strip().lower()
    if colour not in COLOURS:
        raise EnvironmentInputError(
            Phrase("There is no colour named {colour}.", colour=colour),
            Phrase("Choose one of {colours}.", colours=", ".join(COLOURS)),
        )
    checked = replace(
        environment,
        name=check_name(environment.name),
        region=normalise_domain(region) if region else "",
        endpoint=endpoint,
        origin=environment.origin.strip(),
        crm_id_key=_check_key(environment.crm_id_key),
        colour=colour,
        first_message=check_first_message(environment.first_message),
        proxy=check_choice(environment.proxy),
        sign_in=check_provider(environment.sign_in),
    )
    _check_origin(checked.origin)
    checked.endpoint_of()
    return replace(checked, attributes=check_default_attributes(checked.attributes, checked.crm_id_key))


def check_default_attributes(attributes: Mapping[str, str], crm_id_key: str) -> dict[str, str]:
    """Return the attributes that every chat of an environment sends, in their order.

    Raises:
        EnvironmentInputError: One of them would take the place of the CRM customer ID.
        CustomAttributeError: One cannot be sent, or all together are too large.
    """
    if crm_id_key in attributes:
        raise EnvironmentInputError(
            Phrase(
                "The default attribute {crm_id_key} is the one that carries the CRM customer ID.",
                crm_id_key=crm_id_key,
            ),
            "Take it out; the ID is typed for each chat.",
        )
    check_attributes(attributes)
    return dict(attributes)


def check_first_message(text: str) -> str:
    """Return the text without blanks around it.

    Raises:
        EnvironmentInputError: It is longer than a message may be, or cannot be sent (guest API, section 5).
    """
    text = text.strip()
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise EnvironmentInputError(
            "The first message holds half a character that cannot be sent.", "Delete it and write it again."
        ) from None
    if size > _MESSAGE_BYTES:
        raise EnvironmentInputError(
            Phrase(
                "The first message is {size:,} bytes long; Genesys Cloud takes at most {message_bytes:,}.",
                size=size,
                message_bytes=_MESSAGE_BYTES,
            ),
            "Shorten it.",
        )
    return text


def check_ids(ids: EnvironmentIds) -> EnvironmentIds:
    """Return the IDs in their usual spelling.

    Raises:
        EnvironmentInputError: The deployment ID is missing, or one of them is not a UUID.
    """
    if not ids.deployment_id.strip():
        raise EnvironmentInputError(
            "The deployment ID is missing.",
            "Copy it from Admin, Message, Messenger Deployments in Genesys Cloud.",
        )
    org_id = check_uuid(ids.org_id, Phrase("organization ID")) if ids.org_id.strip() else ""
    return EnvironmentIds(org_id, check_uuid(ids.deployment_id, Phrase("deployment ID")))


def _check_key(key: str) -> str:
    key = key.strip()
    if not key:
        return DEFAULT_CRM_ID_KEY
    if any(unicodedata.category(character).startswith("C") for character in key):
        raise EnvironmentInputError(
            "The key for the CRM customer ID holds characters that cannot be shown.",
            Phrase("Use letters and digits, such as {key}.", key=DEFAULT_CRM_ID_KEY),
        )
    return key


def _check_origin(origin: str) -> None:
    # It becomes a header line of the handshake, so nothing may end that line or leave ASCII.
    if origin and not (origin.isascii() and origin.isprintable() and " " not in origin):
        raise EnvironmentInputError(
            "The Origin cannot be used.", "Write it like https://www.example.com, without blanks."
        )
