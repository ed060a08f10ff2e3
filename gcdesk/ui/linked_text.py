"""Text with links and looks, made from paragraphs: never from HTML. A link says where it goes before it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from gcdesk.ui import style
from gcdesk.ui.addresses import destination
from gcdesk.ui.fonts import mono_font
from gcdesk.ui.markup import Paragraph, Run
from gcdesk.ui.plain_text import PlainText, plain_tooltip, showable
from gcdesk.ui.tokens import GRID, TYPE_TITLE

translate = QCoreApplication.translate

_STEP: Final = 4 * GRID
_LEAST_SIGNIFICANT_HEADING: Final = 2


@dataclass(frozen=True, slots=True)
class _Span:
    """Characters from `begin` to `end` that are painted in a colour of their own."""

    begin: int
    end: int
    link: str = ""


class LinkedText(PlainText):
    """A label for a message's text.

    The tab key leads to the links, Enter and a click press one; `text()` is always the text as it was written.
    """

    link_pressed = Signal(str)
    """The person wants to know where this link goes."""

    def __init__(self, text: str, parent: QWidget, *, ink: str = "text") -> None:
        super().__init__(text, parent, ink=ink)
        self._spans: list[_Span] = []
        self._at = -1
        self._pressed_at = -1
        self.setMouseTracking(True)

    @property
    def links(self) -> list[str]:
        """The addresses of the links, in their order."""
        return [span.link for span in self._spans if span.link]

    def set_paragraphs(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show these instead of the bare text; `fit` has to follow."""
        self._spans = []
        self._at = -1
        self._document.clear()
        cursor = QTextCursor(self._document)
        for number, paragraph in enumerate(paragraphs):
            blocks = self._block_format(paragraph, number, paragraphs)
            if number:
                cursor.insertBlock(blocks)
            else:
                cursor.setBlockFormat(blocks)
            if paragraph.lead:
                cursor.insertText(f"{paragraph.lead}\N{NO-BREAK SPACE} ", QTextCharFormat())
            for run in paragraph.runs:
                self._insert(cursor, run, paragraph)
        self._cursor = QTextCursor(self._document)
        has_links = bool(self.links)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if has_links else Qt.FocusPolicy.NoFocus)
        hint = translate("Transcript", "The tab key walks over the links, Enter shows where one goes")
        self.setAccessibleDescription(hint if has_links else "")
        self.update()

    def _block_format(
        self, paragraph: Paragraph, number: int, paragraphs: Sequence[Paragraph]
    ) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setLeftMargin(_STEP * paragraph.indent)
        if number:
            in_list = bool(paragraph.lead) and bool(paragraphs[number - 1].lead)
            made.setTopMargin(2 if in_list else 2 * GRID)
        return made

    def _insert(self, cursor: QTextCursor, run: Run, paragraph: Paragraph) -> None:
        look = QTextCharFormat()
        if run.mono:
            look.setFont(mono_font())
        if paragraph.heading and paragraph.heading <= _LEAST_SIGNIFICANT_HEADING:
            look.setProperty(QTextCharFormat.Property.FontPixelSize, style.scaled(TYPE_TITLE))
        if run.bold or paragraph.heading:
            look.setFontWeight(QFont.Weight.DemiBold)
        look.setFontItalic(run.italic or paragraph.quoted)
        look.setFontStrikeOut(run.struck)
        look.setFontUnderline(bool(run.link))
        begin = cursor.position()
        # Lines inside a paragraph, which Qt would else take for paragraphs of their own.
        cursor.insertText(showable(run.text).replace("\n", "\N{LINE SEPARATOR}"), look)
        if run.link:
            self._spans.append(_Span(begin, cursor.position(), run.link))

    # Painting

    def selections(self) -> list[QAbstractTextDocumentLayout.Selection]:
        """The links in their colour, the one the keyboard is at, and what is selected."""
        look = style.tokens()
        own = self._ink == "on_accent"
        made = []
        for number, span in enumerate(self._spans):
            ink = QColor(look.on_accent if own else look.accent_text)
            marked = QTextCharFormat()
            marked.setForeground(ink)
            if number == self._at and self.hasFocus():
                marked.setBackground(ink)
                marked.setForeground(QColor(look.accent if own else look.bubble))
            made.append(self._selection(span.begin, span.end, marked))
        return [*made, *super().selections()]

    def _selection(
        self, begin: int, end: int, look: QTextCharFormat
    ) -> QAbstractTextDocumentLayout.Selection:
        selection = QAbstractTextDocumentLayout.Selection()
        cursor = QTextCursor(self._document)
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = look
        return selection

    # The pointer

    def _link_at(self, point: QPointF) -> int:
        position = self._document.documentLayout().hitTest(point, Qt.HitTestAccuracy.ExactHit)
        for number, span in enumerate(self._spans):
            if span.begin <= position < span.end:
                return number
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select, or to press a link."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_at = self._link_at(event.position()) if left else -1
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a link can be pressed, and where it goes."""
        super().mouseMoveEvent(event)
        number = self._link_at(event.position())
        over = Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.IBeamCursor
        if self.cursor().shape() != over:
            self.setCursor(over)
            self.setToolTip(plain_tooltip(destination(self._spans[number].link).shown) if number >= 0 else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the link, unless something was selected on the way."""
        super().mouseReleaseEvent(event)
        number = self._link_at(event.position())
        if number >= 0 and number == self._pressed_at and not self._cursor.hasSelection():
            self.link_pressed.emit(self._spans[number].link)
        self._pressed_at = -1

    # The keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first link, or the last one when coming from below."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._at = len(self._spans) - 1
        elif event.reason() == Qt.FocusReason.TabFocusReason or self._at < 0:
            self._at = 0
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No link is marked any more."""
        super().focusOutEvent(event)
        self.setAccessibleName("")
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The tab key goes to the next link in here before it leaves."""
        to = self._at + (1 if forward else -1)
        if self.hasFocus() and 0 <= to < len(self._spans):
            self._at = to
            self._tell()
            return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar press the link."""
        pressing = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if pressing and 0 <= self._at < len(self._spans):
            self.link_pressed.emit(self._spans[self._at].link)
            return
        event.ignore()

    def _tell(self) -> None:
        """Let a screen reader read the link it is at."""
        if 0 <= self._at < len(self._spans):
            shown = destination(self._spans[self._at].link).shown
            self.setAccessibleName(translate("Transcript", "Link {address}").format(address=shown))
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: the pointer went."""
        super().leaveEvent(event)
        self.setToolTip("")
