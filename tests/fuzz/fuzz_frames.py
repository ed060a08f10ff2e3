"""Feeds broken frames to the frame reader and to guest sessions in every state, and stops at the first wrong step.

    python tests/fuzz/fuzz_frames.py --frames 1000000 --seed 1

What must hold for every frame is said in lives.py.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path


def main() -> int:
    """Run from a terminal; exit status 1 and the frame when something is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=int, default=1_000_000, help="how many (1,000,000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other frames (1)")
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[2]))
    # Only now can it be found, wherever the script was started.
    from tests.fuzz.lives import fuzz

    began = time.monotonic()
    try:
        heard = fuzz(asked.frames, asked.seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is what this program looks for
        traceback.print_exc()
        return 1
    seconds = time.monotonic() - began
    print(f"{asked.frames:,} frames in {seconds:.0f} s, nothing raised, none lost. Heard in each state:")
    for state, count in heard.most_common():
        print(f"  {state:<14}{count:>10,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
