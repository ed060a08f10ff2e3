"""Text that other people wrote, shown as it is: never HTML, never cut off, either direction of writing."""

from __future__ import annotations

import html
import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QWidget

from gcdesk.ui import style
from gcdesk.ui.amounts import grouped
from gcdesk.ui.fonts import text_font

translate = QCoreApplication.translate

LONGEST_SHOWN: Final = 20_000
"""Characters of one text that are laid out; the service's own limit is 4,000 (guest API, section 8)."""

# Half characters, which JSON can carry and Qt drops.
_LONE_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MISLEADING: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def showable(text: str) -> str:
    """`text` as Qt can hold it; what it cannot hold is replaced, over-long text is cut and says so."""
    text = _LONE_SURROGATES.sub("\ufffd", text).replace("\x00", "\ufffd")
    if len(text) <= LONGEST_SHOWN:
        return text
    rest = translate("PlainText", "… ({count} more characters, see the frames list)")
    return text[:LONGEST_SHOWN] + rest.format(count=grouped(len(text) - LONGEST_SHOWN))


def one_line(text: str) -> str:
    """`text` for a place with one line, such as a button."""
    return " ".join(_CONTROLS.sub(" ", showable(text)).split())


def address(url: str) -> str:
    """A web address as it really is: characters that hide or turn its parts around are spelled out."""
    return _MISLEADING.sub(lambda found: f"\\u{ord(found[0]):04x}", one_line(url))


def plain_tooltip(text: str) -> str:
    """`text` for a tool tip, which would take it for HTML if it looked like that."""
    return f"<p>{html.escape(showable(text))}</p>".replace("\n", "<br>")


class PlainText(QLabel):
    """A label for text from outside: wraps anywhere, can be selected, and is read by screen readers.

    `ink` names the colour among the tokens. QLabel itself wraps between words only, so that a long address
    would be cut off.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        font: QFont | None = None,
        ink: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__(parent)
        self._ink = ink
        self._selecting = False
        self._sought = ""
        self._strongly = False
        self._marks: list[QTextCursor] = []
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setUndoRedoEnabled(False)
        self._document.setDefaultFont(font or text_font())
        option = QTextOption(align)
        # Each paragraph by its own letters, not by the language of the window.
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        self._cursor = QTextCursor(self._document)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text; `fit` has to follow."""
        text = showable(text)
        self.setText(text)
        self._document.setPlainText(text)
        self._cursor = QTextCursor(self._document)
        self._find_marks()
        self.update()

    def mark(self, sought: str, *, strong: bool) -> None:
        """Mark where these folded words stand, none without any; `strong` where the search is just now."""
        self._sought, self._strongly = sought, strong
        self._find_marks()
        self.update()

    def _find_marks(self) -> None:
        self._marks = []
        if not self._sought:
            return
        # Loaded by the first search, not by the first message.
        from gcdesk.ui.text_search import in_utf16, spans

        text = self._document.toPlainText()
        for begin, end in in_utf16(text, spans(text, self._sought)):
            cursor = QTextCursor(self._document)
            cursor.setPosition(begin)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self._marks.append(cursor)

    @property
    def marked(self) -> list[str]:
        """What is marked, from the beginning to the end."""
        return [cursor.selectedText() for cursor in self._marks]

    def set_ink(self, ink: str) -> None:
        """Write in another colour of the tokens."""
        self._ink = ink
        self.update()

    def fit(self, width: int) -> QSize:
        """Wrap to at most `width` pixels; return the size the text takes."""
        self._document.setTextWidth(max(1, width))
        needed = min(width, int(self._document.idealWidth()) + 1)
        # Text that runs from right to left stands at the right edge, which must not lie outside.
        self._document.setTextWidth(max(1, needed))
        return QSize(needed, int(self._document.size().height() + 0.999))

    def sizeHint(self) -> QSize:
        """One line as long as it needs to be."""
        return QSize(int(self._document.idealWidth()) + 1, int(self._document.size().height() + 0.999))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Align to the room that was given, which may be wider than what was asked for."""
        super().resizeEvent(event)
        self._document.setTextWidth(max(1, self.width()))

    def selected_text(self) -> str:
        """What is selected, with plain line breaks; empty if nothing is."""
        return self._cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")

    def clear_selection(self) -> None:
        """Select nothing."""
        self._cursor.clearSelection()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, and the selection behind it."""
        ink = QColor(getattr(style.tokens(), self._ink))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, ink)
        context.selections = self.selections()
        context.clip = QRectF(self.rect())
        with QPainter(self) as painter:
            self._document.documentLayout().draw(painter, context)

    def selections(self) -> list[QAbstractTextDocumentLayout.Selection]:
        """What is painted in other colours: what was found, and the selected part above it."""
        look = style.tokens()
        found = [self._painted(cursor, *self._mark_colours()) for cursor in self._marks]
        if not self._cursor.hasSelection():
            return found
        on_accent = self._ink == "on_accent"
        ground, ink = (look.on_accent, look.accent) if on_accent else (look.accent, look.on_accent)
        return [*found, self._painted(self._cursor, ground, ink)]

    def _mark_colours(self) -> tuple[str, str]:
        look = style.tokens()
        return (look.warn, look.bubble) if self._strongly else (look.warn_ground, look.warn)

    def _painted(self, cursor: QTextCursor, ground: str, ink: str) -> QAbstractTextDocumentLayout.Selection:
        selection = QAbstractTextDocumentLayout.Selection()
        colours = QTextCharFormat()
        colours.setBackground(QColor(ground))
        colours.setForeground(QColor(ink))
        selection.cursor = cursor
        selection.format = colours
        return selection

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select. The event goes on to the parent, which takes the focus."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._selecting = True
            self._cursor.setPosition(self._position(event.position()))
            self.update()
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to the pointer. Beyond this text it is the parent's business, too."""
        if not self.rect().contains(event.position().toPoint()):
            event.ignore()
        if self._selecting:
            self._cursor.setPosition(self._position(event.position()), QTextCursor.MoveMode.KeepAnchor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        self._selecting = False
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._cursor.setPosition(self._position(event.position()))
        self._cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.update()

    def _position(self, point: QPointF) -> int:
        found = self._document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        return max(0, found)


def copy(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
