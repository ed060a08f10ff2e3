"""What a scenario file says, read and checked: plain values, no YAML, no chat.

The law of this file: everything that can be wrong in a file was found before one of these exists. Texts may still hold
`{{name}}` placeholders; they are filled in when a scenario is made ready for one row of data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file, counted from 1."""

    file: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression with its flags, of i (any case) and m (lines); `text` may hold placeholders."""

    text: str
    flags: str = ""


class ContentKind(Enum):
    """A kind of content that a reply can be expected to have; the value is the word in a file."""

    TEXT = "text"
    QUICK_REPLIES = "quick-replies"
    CARD = "card"
    CAROUSEL = "carousel"
    DATE_PICKER = "date-picker"
    LIST_PICKER = "list-picker"
    FORM = "form"
    ATTACHMENT = "attachment"


class Who(Enum):
    """Who a reply can be expected from."""

    BOT = "bot"
    AGENT = "agent"


class Happening(Enum):
    """What can be expected to happen besides a reply."""

    HANDOVER = "handover"
    DISCONNECT = "disconnect"
    READ_ONLY = "read-only"


@dataclass(frozen=True, slots=True)
class Condition:
    """What one reply has to be like; everything that is given has to hold.

    containing: each is in the text, in any case. equals: the whole text, blanks around it aside. matching: each is
    found in the text. kind: its content. buttons, cards: each label or title is among those offered, in any case.
    attachment: a part of the file's name. who: its sender. any_of: at least one holds. none_of: not one holds.
    """

    containing: tuple[str, ...] = ()
    equals: str | None = None
    matching: tuple[Pattern, ...] = ()
    kind: ContentKind | None = None
    buttons: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    attachment: str | None = None
    who: Who | None = None
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Base of all steps.

    where: its place in the file. optional: what goes wrong with it is noted and not held against the scenario.
    repeat: how often it is taken. timeout: seconds, None for the scenario's own. title: for reports, else made from
    what it does.
    """

    where: Where
    optional: bool = False
    repeat: int = 1
    timeout: float | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Step):
    """Say a text as the customer, with a file if one is named; done when its echo has come."""

    text: str = ""
    file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Step):
    """Press a quick reply, a card's button, a time or a list's entries by label, in the latest reply that has them."""

    labels: tuple[str, ...]
    kind: ContentKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn(Step):
    """Fill in and send the latest form: field by label or ID."""

    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Type(Step):
    """Let the other side see typing, for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Step):
    """Wait for so many seconds, whatever comes."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect(Step):
    """Wait for a reply that meets the condition; `following` means it has to be the very next one."""

    condition: Condition
    following: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectNothing(Step):
    """No reply that meets the condition (any reply, if it is empty) comes for so many seconds."""

    seconds: float
    condition: Condition = field(default_factory=Condition)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectHappening(Step):
    """Wait for a handover, a disconnect or the session to become read-only."""

    what: Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectAttributes(Step):
    """Prove that attributes became participant data; of none named, all that were sent."""

    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(Step):
    """Keep what the pattern's first group (else all of it) matches in the latest reply, under a name."""

    name: str
    pattern: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAttributes(Step):
    """Change custom attributes from here on."""

    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Step):
    """End the conversation, where the deployment or the credentials allow it."""


@dataclass(frozen=True, slots=True)
class Times:
    """Time limits in seconds: to connect and configure, for each step, for a whole scenario."""

    connect: float = 30.0
    step: float = 10.0
    scenario: float = 300.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scenario chats, as far as its file says; empty where the command line has to."""

    environment: str = ""
    deployment_id: str = field(default="", repr=False)
    region: str = ""
    url: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scripted chat, before data fills it in.

    set_up comes before the steps and tear_down after them whatever happened. crm_id: None for none.
    """

    name: str
    where: Where
    steps: tuple[Step, ...]
    set_up: tuple[Step, ...] = ()
    tear_down: tuple[Step, ...] = ()
    tags: frozenset[str] = frozenset()
    crm_id: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    data: Path | None = None
    join: bool = False
    times: Times = field(default_factory=Times)
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A whole file, includes resolved."""

    path: Path
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario made ready for one row of data: every placeholder that the row or the file fills is filled.

    What a step captures while it runs is filled in then. `row` is empty without data; `number` counts a scenario's
    cases from 1.
    """

    scenario: Scenario
    number: int = 1
    row: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The scenario's name, with the row's first value or number where there is data."""
        if not self.row:
            return self.scenario.name
        first = next(iter(self.row.values()), "")
        return f"{self.scenario.name} [{first or self.number}]"
