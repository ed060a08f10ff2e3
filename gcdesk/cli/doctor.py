"""`gcdesk doctor`: walk from this desk to Genesys Cloud and say where a chat would fail, and why."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from gcdesk.cli import statuses
from gcdesk.cli.display import check_display
from gcdesk.cli.options import log_level_option
from gcdesk.cli.place import Place, find_place, place_options
from gcdesk.cli.plain import one_line
from gcdesk.cli.statuses import Status
from gcdesk.desk.desk_checks import desk_checks

if TYPE_CHECKING:
    from gcdesk.chat.doctor.check import Check

_MARKS = {"ok": "ok", "warning": "warning", "failed": "FAILED", "skipped": "skipped"}


@click.command(epilog=statuses.HELP)
@place_options
@click.option(
    "--json", "as_json", is_flag=True, help="Write JSON lines to standard output, and nothing else."
)
@click.option(
    "--desk-only", is_flag=True, help="Look at this computer only; needs no environment and no network."
)
@log_level_option
def command(
    env: str | None,
    url: str | None,
    deployment_id: str | None,
    origin: str | None,
    as_json: bool,
    desk_only: bool,
) -> None:
    """Walk from this desk to Genesys Cloud, step by step, and say what a chat would meet.

    No message is sent, so no conversation begins and nobody's queue is touched. IDs and secrets are masked: the
    report can be pasted into a ticket.
    """
    place = None if desk_only else find_place(env, url, deployment_id, origin)
    if not as_json:
        where = "this desk" if place is None else f"{place.name} ({place.target.endpoint.display})"
        click.echo(f"gcdesk doctor, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {where}")
    checks = asyncio.run(_examine(place, as_json=as_json))
    if not as_json:
        click.echo(_summary(checks))
    sys.exit(status_of(checks))


def status_of(checks: list[Check]) -> Status:
    """The exit status: 1 as soon as one step failed."""
    return Status.CHECK_FAILED if any(check.status.value == "failed" for check in checks) else Status.DONE


async def _examine(place: Place | None, *, as_json: bool) -> list[Check]:
    checks = []
    async for check in _all(place):
        checks.append(check)
        click.echo(_json(check) if as_json else _line(check))
    return checks


async def _all(place: Place | None) -> AsyncIterator[Check]:
    for check in await asyncio.to_thread(desk_checks, check_display):
        yield check
    if place is None:
        return
    from gcdesk.chat.doctor.walk import Patient, walk

    patient = Patient(place.target, org_id=place.org_id, credentials=place.credentials)
    async for check in walk(patient):
        yield check


def _line(check: Check) -> str:
    measured = f" ({check.measured})" if check.measured else ""
    lines = [f"{_MARKS[check.status.value]:<8} {check.name:<13} {one_line(check.title)}{one_line(measured)}"]
    if check.hint and check.status.value != "ok":
        lines.append(f"{'':<22} {one_line(check.hint)}")
    return "\n".join(lines)


def _json(check: Check) -> str:
    return json.dumps(
        {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "event": "check",
            "name": check.name,
            "status": check.status.value,
            "title": check.title,
            "measured": check.measured,
            "hint": check.hint,
            "detail": check.detail,
        },
        ensure_ascii=False,
    )


def _summary(checks: list[Check]) -> str:
    failed = sum(check.status.value == "failed" for check in checks)
    warned = sum(check.status.value == "warning" for check in checks)
    if failed:
        return f"{failed} of {len(checks)} steps failed. Begin with the first one."
    if warned:
        return f"Nothing failed; {warned} of {len(checks)} steps deserve a look."
    return "All is well."
