#!/usr/bin/env python3
"""Writes the list of faults anew into the simulator's document: `python3 packaging/refresh_documents.py`.

The list is what the simulator itself goes by; everything above it is written by hand. Run it after adding a fault.
"""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from gcdesk.cli.fault_help import counts_of  # noqa: E402
from gcdesk.simulator import FAULT_GROUPS  # noqa: E402

DOCUMENT = PROJECT / "resources" / "docs" / "simulator.md"
_HEADER = "| fault | what happens | what counts |\n|---|---|---|"


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(refreshed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def refreshed(text: str) -> str:
    """The document with the list as it is now, which begins with its first heading of the third level at the end."""
    head = text[: text.index(f"### {next(iter(FAULT_GROUPS))}\n")]
    tables = []
    for group, faults in FAULT_GROUPS.items():
        rows = [f"| `{fault.name}` | {fault.sentence} | {counts_of(fault).strip('[]')} |" for fault in faults]
        tables.append("\n".join([f"### {group}", "", _HEADER, *rows]))
    return head + "\n\n".join(tables) + "\n"


if __name__ == "__main__":
    main()
