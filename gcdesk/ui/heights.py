"""Heights of a long column of rows: add at the end, change and find, all in logarithmic time.

Rows that are put in, or taken out, elsewhere cost one walk over all rows, however many of them come at once: the sums
are added up again when somebody next asks.
"""

from __future__ import annotations


class Heights:
    """The heights of rows in pixels, numbered from 0 at the top.

    A binary indexed tree: `_sums[i]` holds the sum of the `i & -i` heights that end at row `i - 1`, so
    that neither an offset nor the row at an offset needs a walk over all rows.
    """

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._sums: list[int] = [0]
        self._total = 0
        self._stale = False

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    @property
    def total(self) -> int:
        """The height of all rows together."""
        return self._total

    def append(self, height: int) -> None:
        """Add a row at the bottom."""
        self._heights.append(height)
        self._total += height
        if self._stale:
            return
        end = len(self._heights)
        below = end - 1
        covered = height
        # The new node takes over the nodes that end inside its own span.
        while below > end - (end & -end):
            covered += self._sums[below]
            below -= below & -below
        self._sums.append(covered)

    def insert(self, row: int, height: int) -> None:
        """Add a row above the one with that number."""
        if row >= len(self._heights):
            self.append(height)
            return
        self._heights.insert(row, height)
        self._total += height
        self._stale = True

    def remove(self, row: int) -> int:
        """Take a row out and return its height."""
        height = self._heights.pop(row)
        self._total -= height
        self._stale = True
        return height

    def set(self, row: int, height: int) -> int:
        """Change a row's height and return by how much it grew."""
        grown = height - self._heights[row]
        if grown:
            self._heights[row] = height
            self._total += grown
            node = row + 1
            # Sums that are to be added up again need no change.
            while not self._stale and node < len(self._sums):
                self._sums[node] += grown
                node += node & -node
        return grown

    def offset(self, row: int) -> int:
        """Where a row begins; `row` may be the number of rows, for the end of the last."""
        self._add_up()
        total = 0
        while row > 0:
            total += self._sums[row]
            row -= row & -row
        return total

    def at(self, offset: int) -> int:
        """The row at an offset; the first or last one for an offset outside, -1 if there are no rows."""
        if not self._heights:
            return -1
        self._add_up()
        row = 0
        step = 1 << (len(self._heights).bit_length() - 1)
        rest = max(0, offset)
        while step:
            ahead = row + step
            if ahead < len(self._sums) and self._sums[ahead] <= rest:
                row = ahead
                rest -= self._sums[ahead]
            step >>= 1
        return min(row, len(self._heights) - 1)

    def clear(self) -> None:
        """Forget all rows."""
        self._heights.clear()
        self._sums[:] = [0]
        self._total = 0
        self._stale = False

    def _add_up(self) -> None:
        if not self._stale:
            return
        self._stale = False
        self._sums[:] = [0, *self._heights]
        for node in range(1, len(self._sums)):
            above = node + (node & -node)
            if above < len(self._sums):
                self._sums[above] += self._sums[node]
