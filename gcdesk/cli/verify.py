"""`gcdesk verify`: prove that custom attributes became participant data of a conversation."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gcdesk.cli import statuses
from gcdesk.cli.chat_events import json_time, verification_of
from gcdesk.cli.options import log_level_option
from gcdesk.cli.place import NO_CREDENTIALS, Place, find_place, place_options
from gcdesk.cli.plain import one_line
from gcdesk.cli.speech import say, say_error
from gcdesk.cli.statuses import Status
from gcdesk.errors import CustomAttributeError, EnvironmentInputError, GcdeskError

if TYPE_CHECKING:
    from gcdesk.chat.verification import Proof


@click.command(epilog=statuses.HELP)
@place_options
@click.option(
    "--message-id", metavar="ID", help="A message of the conversation: the id of an echo or of a reply."
)
@click.option("--conversation-id", metavar="ID", help="The conversation.")
@click.option(
    "--file",
    "exported",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Instead of asking: a conversation exported as JSON.",
)
@click.option(
    "--expect",
    "expected",
    multiple=True,
    required=True,
    metavar="KEY=VALUE",
    help="What should be there; repeatable.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=3600),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to ask before an answer is final.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Write JSON lines to standard output, and nothing else."
)
@log_level_option
def command(
    env: str | None,
    url: str | None,
    deployment_id: str | None,
    origin: str | None,
    message_id: str | None,
    conversation_id: str | None,
    exported: Path | None,
    expected: tuple[str, ...],
    timeout: float,
    as_json: bool,
) -> None:
    """Prove that custom attributes became participant data of a conversation.

    Exit status 0 if each is there as expected, 1 if one is missing or differs, 3 if it could not be found out:
    what is not proved is never shown as arrived.
    """
    attributes = _attributes(expected)
    if sum(source is not None for source in (message_id, conversation_id, exported)) != 1:
        raise EnvironmentInputError(
            "It is not clear which conversation is meant.",
            "Give one of --message-id, --conversation-id and --file.",
        )
    if exported is not None:
        proof = _of_file(exported, attributes)
    else:
        place = find_place(env, url, deployment_id, origin)
        if place.credentials is None:
            raise EnvironmentInputError(*NO_CREDENTIALS)
        proof = asyncio.run(_ask(place, attributes, message_id, conversation_id, timeout))
    if as_json:
        click.echo(json.dumps(as_event(proof), ensure_ascii=False))
    else:
        _print(proof)
    sys.exit(status_of(proof))


def status_of(proof: Proof) -> Status:
    """The exit status: 0 arrived, 1 missing or different, 3 not found out."""
    match proof.arrival.value:
        case "arrived":
            return Status.DONE
        case "unproven":
            return Status.REFUSED
        case _:
            return Status.CHECK_FAILED


def as_event(proof: Proof) -> dict[str, object]:
    """The `attributes` event of a proof, for JSON lines."""
    told = verification_of(proof)
    if proof.error is None:
        del told["reason"]
    return {
        "at": json_time(datetime.now(UTC)),
        "event": "attributes",
        "status": proof.arrival.value,
        "attributes": {finding.key: finding.sent for finding in proof.verdict.findings},
        **told,
    }


async def _ask(
    place: Place,
    attributes: dict[str, str],
    message_id: str | None,
    conversation_id: str | None,
    seconds: float,
) -> Proof:
    from gcdesk.chat.opener import opener_for
    from gcdesk.chat.platform import PlatformClient
    from gcdesk.chat.verification import Patience, Proof, Verification
    from gcdesk.guest.arrival import compare

    assert place.credentials is not None  # noqa: S101 - the caller has refused to go on without
    opener = opener_for(place.target)
    async with PlatformClient(opener, place.target.endpoint, place.credentials) as client:
        verification = Verification(client, Patience(whole=seconds))
        if place.org_id:
            try:
                await verification.check_org(place.org_id)
            except GcdeskError as error:
                return Proof(compare(attributes, {}), 0.0, error=error)
        if message_id is not None:
            return await verification.of_message(message_id, attributes)
        return await verification.of_conversation(conversation_id or "", attributes)


def _of_file(path: Path, attributes: dict[str, str]) -> Proof:
    from gcdesk.chat.verification import proof_of_document

    try:
        value = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not JSON in UTF-8"
        raise EnvironmentInputError(
            f"The conversation file {path} cannot be read: {reason}.",
            "Export the conversation again, as JSON.",
        ) from error
    return proof_of_document(value, attributes)


def _attributes(pairs: tuple[str, ...]) -> dict[str, str]:
    from gcdesk.guest.attributes import parse_pair

    attributes: dict[str, str] = {}
    for key, value in map(parse_pair, pairs):
        if key in attributes:
            raise CustomAttributeError(f"The attribute {key} is expected twice.", "Give it once.")
        attributes[key] = value
    return attributes


def _print(proof: Proof) -> None:
    from gcdesk.cli.findings import finding_line, flow_end_lines

    if proof.error is not None:
        say_error(proof.error)
        say("Not proven", "Nothing is known about the attributes; that does not mean that they are missing.")
        return
    if proof.conversation is not None and proof.conversation.id:
        click.echo(f"Conversation {one_line(proof.conversation.id)}, after {proof.seconds:.1f} s.")
    for finding in proof.verdict.findings:
        click.echo(one_line(finding_line(finding)))
    for end in proof.flow_ends:
        for line in flow_end_lines(end):
            click.echo(one_line(line))
