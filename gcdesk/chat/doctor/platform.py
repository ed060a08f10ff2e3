"""The Platform API: credentials, org and permissions (guest API, section 7)."""

from __future__ import annotations

import time

from gcdesk.chat.doctor.check import Check, failed, milliseconds, ok, skipped, warning
from gcdesk.chat.opener import Opener
from gcdesk.chat.platform import PlatformClient
from gcdesk.chat.target import Target
from gcdesk.chat.verification import Verification
from gcdesk.errors import GcdeskError, PermissionMissingError, WrongOrgError
from gcdesk.guest.credentials import Credentials
from gcdesk.phrase import Phrase

_WITHOUT = "Without credentials gcdesk cannot prove that attributes arrive."


async def platform(
    opener: Opener, target: Target, credentials: Credentials | None, org_id: str, seconds: float
) -> list[Check]:
    """Get a token, compare the org, and find out which permissions are missing."""
    if credentials is None:
        hint = "Add the ID and the secret of an OAuth client of the grant type client credentials."
        return [skipped("token", _WITHOUT, hint)]
    async with PlatformClient(opener, target.endpoint, credentials, seconds=seconds) as client:
        began = time.monotonic()
        try:
            await client.sign_in()
        except GcdeskError as error:
            return [failed("token", error)]
        token = ok("token", "The OAuth client is accepted.", milliseconds(time.monotonic() - began))
        return [token, await _org(client, org_id), *await _permissions(client)]


async def _org(client: PlatformClient, org_id: str) -> Check:
    try:
        org = await Verification(client).check_org(org_id)
    except PermissionMissingError as error:
        return warning(
            "org", Phrase("The org cannot be compared. {why}", why=Phrase(error.title)), error.hint
        )
    except (WrongOrgError, GcdeskError) as error:
        return failed("org", error)
    name = org.name or Phrase("without a name")
    if not org_id:
        return warning(
            "org",
            Phrase(
                "The credentials belong to the org {name}; the environment does not say which org it is for.",
                name=name,
            ),
            "Add the org ID to the environment, so that nobody tests in the wrong org.",
        )
    return ok("org", Phrase("The credentials belong to the environment's org, {name}.", name=name))


async def _permissions(client: PlatformClient) -> list[Check]:
    try:
        lacking = await client.missing_permissions()
    except GcdeskError as error:
        return [failed("permissions", error)]
    if not lacking:
        return [ok("permissions", "The OAuth client may read messages and conversations.")]
    return [
        failed(
            "permissions",
            PermissionMissingError(
                Phrase("The OAuth client lacks these permissions: {lacking}.", lacking=", ".join(lacking)),
                "Give the client a role that has it, for the division of the conversations.",
            ),
        )
    ]
