"""Keeps one chat going for hours of simulated time while its connection breaks every minute, and counts both ends.

    python tests/soak/soak.py --hours 8 --seed 1

Every message said is in the service's conversation exactly once, and in the transcript exactly once, as sent; every
answer of the bot is in the transcript exactly once and in order. Sockets are real, on this computer; time jumps.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main() -> int:
    """Run from a terminal; exit status 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hours", type=float, default=8.0, help="simulated hours (8)")
    parser.add_argument("--seed", type=int, default=1, help="another seed breaks at other moments (1)")
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[2]))
    # Only now can it be found, wherever the script was started.
    from tests.soak.endurance import endure

    outcome = endure(asked.hours, asked.seed)
    print("\n".join(outcome.lines()))
    return 1 if outcome.wrong() else 0


if __name__ == "__main__":
    sys.exit(main())
