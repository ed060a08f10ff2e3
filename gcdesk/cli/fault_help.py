"""How faults are explained on the command line."""

from __future__ import annotations

import textwrap

import click

# Cheap: the part that needs aiohttp is loaded when a simulator starts.
from gcdesk.simulator import FAULT_GROUPS, Fault

GRAMMAR = """\b
A fault is written NAME[=VALUE][@WHEN]. WHEN is one of
  3         at the third only
  3+        at the third and all later ones
  2-4       at the second, third and fourth
  every     each time
  KIND      as by itself, but counting frames of that kind only
  KIND:3    at the third of that kind; also KIND:3+ and so on
Without WHEN it strikes every time, or once if its sentence says "the first".
What the number counts depends on the fault: handshakes, messages received,
frames sent and so on, over the whole run, whatever the connection. A kind is
a word of the guest API: for a frame that is sent its class, Inbound (an
echo), Outbound, or what is in it, such as Card, Typing or Disconnect; for a
frame that is received its action, or what is in it, such as Join. A refusal
by code takes its text as VALUE, or the word object to come as a JSON object,
or object:TEXT.

\b
For example:
  --fault 500-message@3           the third message is refused with 500
  --fault drop-after-message@2+   each message from the second on is a break
  --fault cut-mid-frame@Outbound  the bot's first answer stops in its middle
  --fault slow=0.5@Inbound:every  each echo is half a second late
  --fault "403-configure=Session authentication failed"

gcdesk simulate --list-faults lists every fault."""


def fault_lines() -> list[str]:
    """Every fault with its sentence, then in brackets what its number counts and the value it takes."""
    lines: list[str] = []
    for group, faults in FAULT_GROUPS.items():
        lines += [*([""] if lines else []), group]
        width = max(len(fault.name) for fault in faults) + 2
        for fault in faults:
            text = f"{fault.sentence} {counts_of(fault)}"
            indent = " " * (width + 2)
            first = f"  {fault.name:<{width}}"
            lines += textwrap.wrap(text, 100, initial_indent=first, subsequent_indent=indent)
    return lines


def counts_of(fault: Fault) -> str:
    """What its number counts, in a few words, and the value it takes."""
    kind = f" of kind {fault.kind}, or another" if fault.kind else " of any kind" if fault.side else ""
    value = f"; value: {fault.value.meaning}, {fault.value.default:g}" if fault.value is not None else ""
    return f"[{fault.counts}{kind}{value}]"


def list_faults(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the list and end, as --help does."""
    if wanted and not context.resilient_parsing:
        click.echo("\n".join(fault_lines()))
        context.exit()
