"""The whole walk to Genesys Cloud, in the order in which a chat takes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from gcdesk.chat.doctor.check import Check, CheckStatus, skipped
from gcdesk.chat.doctor.deployment import Documents, documents, is_bad
from gcdesk.chat.doctor.network import name_and_way, trust
from gcdesk.chat.doctor.platform import platform
from gcdesk.chat.doctor.session import trial
from gcdesk.chat.opener import Opener, Place, opener_for
from gcdesk.chat.target import Target
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.limits import Limits
from gcdesk.phrase import Phrase


@dataclass(frozen=True)
class Patient:
    """What is examined.

    Args:
        target: The deployment at its endpoint.
        org_id: The org it should belong to; empty if nobody said.
        credentials: The OAuth client, None if there is none.
        limits: Times for the trial session.
        seconds: How long each other step may take.
    """

    target: Target
    org_id: str = field(default="", repr=False)
    credentials: Credentials | None = None
    limits: Limits = field(default_factory=Limits)
    seconds: float = 10.0


async def walk(patient: Patient, opener: Opener | None = None) -> AsyncIterator[Check]:
    """Every step's findings as they come; a step that cannot be taken says so, and nothing is raised."""
    target = patient.target
    opener = opener or opener_for(target)
    place = Place.of(target.endpoint.web_socket)
    way, proxied = await name_and_way(opener, place, patient.seconds)
    for check in way:
        yield check
    if is_bad(way):
        yield skipped("rest", Phrase("The rest needs a way to {place}.", place=place.display))
        return
    trusted = await trust(opener, place, patient.seconds)
    for check in trusted:
        yield check
    if is_bad(trusted):
        yield skipped(
            "rest", Phrase("The rest needs a connection to {place} that can be trusted.", place=place.display)
        )
        return
    found = Documents()
    for check in await documents(opener, target, patient.seconds, found):
        yield check
    if found.config is not None and not found.config.active:
        yield skipped("handshake", "A deployment that is not active takes no chats.")
    else:
        for check in await trial(opener, target, patient.limits, found, proxied):
            yield check
    for check in await platform(opener, target, patient.credentials, patient.org_id, patient.seconds):
        yield check


def worst(checks: list[Check]) -> CheckStatus:
    """The gravest status of all; OK of none."""
    for status in (CheckStatus.FAILED, CheckStatus.WARNING):
        if any(check.status is status for check in checks):
            return status
    return CheckStatus.OK
