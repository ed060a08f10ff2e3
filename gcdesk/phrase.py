"""A sentence with values in it that can still be put into another language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self


class Phrase(str):
    """An English sentence that remembers what it was made from; to all but the window it is a plain string.

    Without values the template is the sentence, braces and all.

    Args:
        template: The sentence, with a {name} for each value: a literal, so that translators find it. A whole
            sentence from elsewhere, an error's title for example, may stand here too if there are no values.
        values: What stands in the names' places. Those that are phrases themselves are translated, too.
    """

    __slots__ = ("template", "values")

    template: str
    """What a translator sees."""

    values: Mapping[str, object]
    """What stands in the template's places, by name."""

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Make the phrase; raises KeyError if the template names a value that is not given."""
        if isinstance(template, cls) and not values:
            return template
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template = str(template)
        made.values = MappingProxyType(values)
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.template, dict(self.values))


def _rebuild(template: str, values: dict[str, object]) -> Phrase:
    return Phrase(template, **values)
