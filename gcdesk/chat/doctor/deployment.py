"""The deployment's public documents: whether it is there, on, and open to this Origin (guest API, section 1.4)."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec

from gcdesk.chat.doctor.check import Check, CheckStatus, failed, milliseconds, ok, warning
from gcdesk.chat.failures import service_time
from gcdesk.chat.http import HttpAnswer, HttpRequest, request
from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.errors import DeploymentInactiveError, DeploymentUnreadableError, GcdeskError
from gcdesk.guest.deployment import DeploymentConfig, parse_deployment
from gcdesk.guest.lenient import Reader
from gcdesk.guest.regions import REGIONS, Endpoint, endpoint_for_region
from gcdesk.guest.service_time import TOLERANCE
from gcdesk.phrase import Phrase

_UNKNOWN = (403, 404)


@dataclass
class Documents:
    """What the public documents told: the configuration, and the domains that may connect; None if unreadable."""

    config: DeploymentConfig | None = None
    domains: tuple[str, ...] | None = None


async def documents(opener: Opener, target: Target, seconds: float, found: Documents) -> list[Check]:
    """Read both documents into `found` and judge them, this computer's clock on the way."""
    url = target.endpoint.config_url(target.deployment_id)
    began = time.monotonic()
    try:
        answer = await _get(opener, url, seconds)
    except GcdeskError as error:
        return [failed("deployment", _unreadable(error))]
    measured = milliseconds(time.monotonic() - began)
    checks = [_clock(answer)]
    if answer.status in _UNKNOWN:
        checks.append(await _unknown(opener, target, answer.status, seconds))
        return checks
    value = _json(answer)
    if value is None:
        wrong = DeploymentUnreadableError(
            Phrase(
                "What answers at {host} is not the deployment's configuration ({status}).",
                host=urlsplit(url).hostname,
                status=answer.status,
            ),
            "A proxy or a sign-in page may be answering in the service's place.",
        )
        return [*checks, failed("deployment", wrong, measured)]
    found.config = parse_deployment(value)
    checks.extend(judge(found.config, measured))
    checks.append(await _domains(opener, target, seconds, found))
    return checks


def judge(config: DeploymentConfig, measured: str) -> list[Check]:
    """What the configuration says, a line for everything that keeps a chat from working."""
    if not config.active:
        return [failed("deployment", DeploymentInactiveError(_status(config)), measured)]
    checks = [
        ok(
            "deployment",
            "The deployment is active.",
            Phrase(
                "{measured}, version {version}",
                measured=measured,
                version=config.version or Phrase("unknown"),
            ),
        )
    ]
    if not config.messenger_enabled:
        checks.append(
            warning(
                "messenger",
                "The messenger is turned off.",
                "Turn it on in the messenger configuration.",
            )
        )
    if not config.conversations_enabled:
        checks.append(
            warning(
                "conversations",
                "Conversations are turned off.",
                "Turn them on in the messenger configuration.",
            )
        )
    if config.sign_in_required:
        checks.append(_sign_in(config))
    join = (
        "A new chat is joined at once."
        if config.autostart
        else "A new chat begins with the first message, which carries the attributes."
    )
    checks.append(ok("autostart", join))
    if not config.clear_enabled:
        checks.append(
            warning(
                "clear",
                "The customer cannot end a conversation, so a test chat may leave an agent waiting.",
                "Turn on conversation clear, or give credentials so that gcdesk can end it.",
            )
        )
    return checks


def _sign_in(config: DeploymentConfig) -> Check:
    if config.allow_session_upgrade:
        return ok("sign-in", "Customers may chat as guests and sign in later.")
    return warning(
        "sign-in",
        "The deployment asks customers to sign in; a guest may not be able to write.",
        "Sign in before the chat, or use a deployment that admits guests.",
    )


def _status(config: DeploymentConfig) -> str:
    return Phrase("The deployment is not active: its status is {status}.", status=config.status)


def _clock(answer: HttpAnswer) -> Check:
    there = service_time(answer.headers)
    if there is None:
        return ok("clock", "The service did not tell the time.")
    ahead = (datetime.now(UTC) - there).total_seconds()
    seconds = abs(ahead)
    measured = (
        Phrase("{seconds:.0f} s ahead", seconds=seconds)
        if ahead > 0
        else Phrase("{seconds:.0f} s behind", seconds=seconds)
    )
    if abs(ahead) <= TOLERANCE:
        return ok("clock", "This computer's clock is right.", measured)
    return warning(
        "clock",
        Phrase("This computer's clock is {seconds:.0f} seconds ahead of the service's.", seconds=seconds)
        if ahead > 0
        else Phrase("This computer's clock is {seconds:.0f} seconds behind the service's.", seconds=seconds),
        "Let the system set the time; certificates and sign-ins fail with a wrong clock.",
        measured,
    )


async def _unknown(opener: Opener, target: Target, status: int, seconds: float) -> Check:
    elsewhere = await region_of(opener, target, seconds)
    if elsewhere:
        error = DeploymentUnreadableError(
            Phrase(
                "This region does not know the deployment ID ({status}), but {elsewhere} does.",
                status=status,
                elsewhere=elsewhere,
            ),
            Phrase("Change the environment's region to {elsewhere}.", elsewhere=elsewhere),
            code=status,
        )
    else:
        error = DeploymentUnreadableError(
            Phrase("No deployment has this ID here ({status}).", status=status),
            "Copy the deployment ID again from the messenger deployment's snippet; check the region too.",
            code=status,
        )
    return failed("deployment", error)


async def region_of(opener: Opener, target: Target, seconds: float) -> str:
    """The domain of the first other region that knows the deployment; empty if none does or it is no region's."""
    domains = [region.domain for region in REGIONS]
    if target.endpoint.display not in {endpoint_for_region(domain).display for domain in domains}:
        return ""
    others = [domain for domain in domains if endpoint_for_region(domain).display != target.endpoint.display]
    knows = await asyncio.gather(
        *(_knows(opener, endpoint_for_region(domain), target.deployment_id, seconds) for domain in others)
    )
    return next((domain for domain, known in zip(others, knows, strict=True) if known), "")


async def _knows(opener: Opener, endpoint: Endpoint, deployment_id: str, seconds: float) -> bool:
    try:
        answer = await _get(opener, endpoint.config_url(deployment_id), seconds)
    except GcdeskError:
        return False
    return answer.status == 200 and _json(answer) is not None


async def _domains(opener: Opener, target: Target, seconds: float, found: Documents) -> Check:
    origin = target.origin or target.endpoint.origin
    try:
        answer = await _get(opener, target.endpoint.domains_url(target.deployment_id), seconds)
    except GcdeskError as error:
        return warning(
            "domains",
            Phrase("The list of allowed domains could not be read. {why}", why=Phrase(error.title)),
            error.hint,
        )
    value = _json(answer)
    if answer.status != 200 or value is None:
        return warning(
            "domains",
            Phrase("The list of allowed domains could not be read ({status}).", status=answer.status),
            "If the connection is refused with 403, set the environment's Origin to an allowed domain.",
        )
    reader = Reader(value, "", [])
    listed = tuple(str(item) for item in reader.items("allowedDomains"))
    found.domains = () if reader.flag("allowAllDomains", default=not listed) else listed
    if not found.domains:
        return ok("domains", "Every domain may connect.")
    if allows(found.domains, origin):
        return ok(
            "domains",
            Phrase("The Origin {origin} is among the allowed domains.", origin=origin),
            ", ".join(found.domains)[:200],
        )
    restricted = GcdeskError(
        Phrase(
            "The deployment is restricted, and the Origin {origin} is not among its allowed domains.",
            origin=origin,
        ),
        Phrase(
            "Set the environment's Origin to one of them: {domains}.", domains=", ".join(found.domains)[:200]
        ),
    )
    return failed("domains", restricted)


def allows(domains: tuple[str, ...], origin: str) -> bool:
    """Whether an Origin is allowed: by host name, in any case, the domain itself or one below it."""
    try:
        host = (urlsplit(origin if "//" in origin else f"//{origin}").hostname or "").lower()
    except ValueError:
        return False
    return any(
        host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains if domain.strip()
    )


async def _get(opener: Opener, url: str, seconds: float) -> HttpAnswer:
    return await request(opener, HttpRequest("GET", url, {"Accept": "application/json"}), seconds=seconds)


def _json(answer: HttpAnswer) -> object | None:
    try:
        value: object = msgspec.json.decode(answer.body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _unreadable(error: GcdeskError) -> GcdeskError:
    return DeploymentUnreadableError(
        Phrase("The deployment's configuration could not be read. {why}", why=Phrase(error.title)),
        error.hint,
        detail=error.detail,
    )


def is_bad(checks: list[Check]) -> bool:
    """Whether any step failed."""
    return any(check.status is CheckStatus.FAILED for check in checks)
