"""Evidence as one page: no script, nothing from elsewhere, and every text of the service shown as text.

The page names the one style sheet that it allows by its hash, so that nothing which slipped in could load or run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from gcdesk.desk.evidence_content import versions_line
from gcdesk.desk.evidence_steps import DONE, FAILED, OPEN, WARNED
from gcdesk.resources import resource_path

_MARKS = {DONE: "✓", WARNED: "!", FAILED: "✕", OPEN: "·"}
_SLOW = 2.0
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 1000, 190, 48, 12, 24

# A piece of pretty JSON whose signs are escaped already: a text with the colon that makes it a key, a number, a word.
_JSON = re.compile(
    r"(?P<text>&#34;(?:[^&\\]|\\.|&(?!#34;))*&#34;)(?P<colon>:?)|(?P<number>-?\d[\d.eE+-]*)|true|false|null",
    re.DOTALL,
)


def page_of(document: dict[str, Any]) -> str:
    """The page of an evidence document."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    masked = document["personal_data"] == "masked"
    crm_id = document["customer"]["crm_id"]
    page = (
        _templates()
        .get_template("page.html")
        .render(
            document,
            title=f"Chat as {crm_id}" if crm_id and not masked else f"Chat {document['chat']['id']}",
            verdict=_verdict(document),
            marks=_MARKS,
            masked=masked,
            policy=policy,
            style=Markup(style),  # noqa: S704 - a file of gcdesk's own
            chart=_chart(document),
            versions_line=versions_line(document["versions"]),
        )
    )
    return page + "\n"


@cache
def _templates() -> Environment:
    from jinja2 import FileSystemLoader

    templates = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(resource_path("evidence")),
        auto_reload=False,
    )
    templates.filters.update(
        seconds=_seconds,
        milliseconds=_milliseconds,
        duration=_duration,
        bytes=_bytes,
        number=_number,
        json=_coloured,
    )
    return templates


@cache
def _style() -> str:
    return resource_path("evidence", "page.css").read_text("utf-8").strip()


def _verdict(document: dict[str, Any]) -> tuple[str, str]:
    chat = document["chat"]
    fatal = next((problem["error"] for problem in document["problems"] if problem["fatal"]), chat["error"])
    if fatal:
        return "bad", f"Failed: {fatal}"
    if any(step["outcome"] == FAILED for step in document["steps"]):
        return "bad", "A step failed"
    if chat["ended"] is None:
        return "warn", "No end recorded"
    if any(step["outcome"] != DONE for step in document["steps"]) or document["problems"]:
        return "warn", "Ended, with remarks"
    return "good", "Ended as wished"


def _chart(document: dict[str, Any]) -> dict[str, Any]:
    """The reply times as bars; lengths in the units of the drawing."""
    replies, median = document["timings"]["replies"], document["timings"]["reply_median"]
    if not replies:
        return {"bars": []}
    right, floor = _WIDTH - 4, _HEIGHT - _BOTTOM
    top = _ceiling(max(reply["seconds"] for reply in replies))
    each = (right - _LEFT) / len(replies)
    width = min(each * 0.72, 44)

    def height(seconds: float) -> float:
        return round((floor - _TOP) * seconds / top, 2)

    bars = []
    for number, reply in enumerate(replies):
        tall = max(1.0, height(reply["seconds"]))
        bars.append(
            {
                "x": round(_LEFT + each * number + (each - width) / 2, 2),
                "y": round(floor - tall, 2),
                "width": round(width, 2),
                "height": tall,
                "round": round(min(3, width / 4), 2),
                "slow": reply["seconds"] > _SLOW * median,
                "title": f"{reply['asked'][11:19]}: {_seconds(reply['seconds'])}",
            }
        )
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "left": _LEFT,
        "right": right,
        "bars": bars,
        "median": round(floor - height(median), 2),
        "lines": [
            {"y": round(floor - height(part), 2), "label": _figure(part)} for part in (0, top / 2, top)
        ],
        "first": replies[0]["asked"][11:19],
        "last": replies[-1]["asked"][11:19],
    }


def _ceiling(seconds: float) -> float:
    """The next round figure: 1, 2 or 5 with any number of zeros."""
    step = 0.001
    while True:
        for factor in (1, 2, 5):
            if seconds <= step * factor:
                return step * factor
        step *= 10


def _figure(seconds: float) -> str:
    return f"{seconds:g} s" if seconds >= 1 or not seconds else f"{seconds * 1000:g} ms"


def _coloured(value: Any) -> Markup:
    """JSON over several lines, its parts told apart by colour."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    # Escaped as a whole and before anything else: what is added are tags around pieces of it.
    return Markup(_JSON.sub(_piece, str(escape(text))))  # noqa: S704


def _piece(found: re.Match[str]) -> str:
    if found["text"] is not None:
        return f'<span class="k">{found["text"]}</span>:' if found["colon"] else found[0]
    return f'<span class="{"n" if found["number"] else "w"}">{found[0]}</span>'


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    if seconds >= 100:
        return f"{seconds:.0f} s"
    return f"{seconds:.1f} s" if seconds >= 1 else _milliseconds(seconds)


def _milliseconds(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds:.1f} s" if seconds >= 10 else f"{seconds * 1000:.0f} ms"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _bytes(size: int) -> str:
    return f"{_number(size)} B" if size < 10_000 else f"{size / 1000:,.0f} kB".replace(",", " ")


def _number(number: int) -> str:
    return f"{number:,}".replace(",", " ")
