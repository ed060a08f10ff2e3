"""The style sheet, made from the tokens. Roles are set with `style.set_role`.

Frames:   bar, side, canvas, panel, code, card, bubble, popup, failed, warned, line (one pixel)
Labels:   muted, label, small, soft, strong, title, heading, note, mono, problem, warning,
          pill-good, pill-warn, pill-bad, pill-quiet
Buttons:  (none) bordered, primary, danger, plain, chip, chosen (a chip that was picked), action
"""

from __future__ import annotations

from gcdesk.ui.tokens import (
    BUTTON_HEIGHT,
    CONTROL_HEIGHT,
    CORNER,
    TYPE_LABEL,
    TYPE_MONO,
    TYPE_SMALL,
    TYPE_TITLE,
    Tokens,
)


def style_sheet(look: Tokens, scale: float = 1.0, mono: str = "monospace") -> str:
    """The style sheet of one theme; `scale` multiplies all type sizes, `mono` is the fixed-width family."""
    return "\n".join(
        (_grounds(look), _labels(look, scale, mono), _buttons(look), _fields(look), _chrome(look, scale))
    )


def _px(size: int, scale: float) -> str:
    return f"{round(size * scale)}px"


def _grounds(look: Tokens) -> str:
    return f"""
QMainWindow, QDialog {{ background-color: {look.bar}; }}
QFrame[role="bar"], QFrame[role="panel"] {{ background-color: {look.bar}; border: none; }}
QFrame[role="side"] {{ background-color: {look.side}; border: none; }}
QFrame[role="canvas"], QScrollArea[role="canvas"] {{ background-color: {look.canvas}; border: none; }}
QFrame[role="code"] {{ background-color: {look.code}; border: none; }}
QFrame[role="card"], QFrame[role="bubble"] {{
    background-color: {look.bubble}; border: 1px solid {look.line}; border-radius: {CORNER}px;
}}
QFrame[role="popup"] {{
    background-color: {look.bar}; border: 1px solid {look.border}; border-radius: {CORNER}px;
}}
QFrame[role="failed"] {{ background-color: {look.bad_ground}; border: none; border-radius: {CORNER}px; }}
QFrame[role="warned"] {{ background-color: {look.warn_ground}; border: none; border-radius: {CORNER}px; }}
QFrame[role="warned-line"] {{ background-color: {look.warn_ground}; border: none; }}
QFrame[role="line"] {{ background-color: {look.line}; border: none; }}
QScrollArea {{ background-color: transparent; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""


def _labels(look: Tokens, scale: float, mono: str) -> str:
    pill = f"font-size: {_px(TYPE_LABEL, scale)}; font-weight: 600; padding: 2px 10px; border-radius: 11px;"
    return f"""
QLabel {{ background: transparent; color: {look.text}; }}
QLabel[role="muted"] {{ color: {look.muted}; }}
QLabel[role="label"] {{ color: {look.muted}; font-size: {_px(TYPE_LABEL, scale)}; }}
QLabel[role="small"] {{ color: {look.muted}; font-size: {_px(TYPE_SMALL, scale)}; }}
QLabel[role="soft"] {{ color: {look.text_soft}; font-size: {_px(TYPE_SMALL, scale)}; }}
QLabel[role="strong"] {{ color: {look.text}; font-weight: 600; }}
QLabel[role="title"] {{ color: {look.text}; font-size: {_px(TYPE_TITLE, scale)}; font-weight: 600; }}
QLabel[role="heading"] {{ color: {look.muted}; font-size: {_px(TYPE_SMALL, scale)}; font-weight: 600; }}
QLabel[role="note"] {{ color: {look.muted}; font-size: {_px(TYPE_LABEL, scale)}; }}
QLabel[role="mono"] {{ color: {look.muted}; font-family: "{mono}"; font-size: {_px(TYPE_MONO, scale)}; }}
QLabel[role="problem"] {{ color: {look.bad}; font-size: {_px(TYPE_LABEL, scale)}; }}
QLabel[role="warning"] {{ color: {look.warn}; font-size: {_px(TYPE_LABEL, scale)}; }}
QLabel[role="pill-good"] {{ color: {look.good}; background-color: {look.good_ground}; {pill} }}
QLabel[role="pill-warn"] {{ color: {look.warn}; background-color: {look.warn_ground}; {pill} }}
QLabel[role="pill-bad"] {{ color: {look.bad}; background-color: {look.bad_ground}; {pill} }}
QLabel[role="pill-quiet"] {{ color: {look.muted}; background-color: {look.hover}; {pill} }}
QLabel:disabled {{ color: {look.disabled}; }}
"""


def _buttons(look: Tokens) -> str:
    # One pixel less of padding where the focus border is one pixel wider, so that nothing moves.
    return f"""
QPushButton, QToolButton {{
    background-color: {look.field}; color: {look.text};
    border: 1px solid {look.border}; border-radius: {CORNER}px;
    padding: 4px 13px; min-height: {BUTTON_HEIGHT - 10}px; outline: none;
}}
QPushButton:hover, QToolButton:hover {{ background-color: {look.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background-color: {look.selected}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {look.focus}; padding: 3px 12px; }}
QPushButton:disabled, QToolButton:disabled {{
    color: {look.disabled}; background-color: {look.hover}; border-color: {look.line};
}}
QPushButton[role="primary"] {{
    background-color: {look.accent}; color: {look.on_accent}; border-color: {look.accent}; font-weight: 600;
}}
QPushButton[role="primary"]:hover {{
    background-color: {look.accent_hover}; border-color: {look.accent_hover};
}}
QPushButton[role="primary"]:pressed {{ background-color: {look.accent_pressed}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {look.text}; }}
QPushButton[role="primary"]:disabled {{
    background-color: {look.hover}; color: {look.disabled}; border-color: {look.line};
}}
QPushButton[role="danger"] {{ color: {look.bad}; }}
QPushButton[role="plain"], QToolButton[role="plain"] {{
    background-color: transparent; color: {look.muted}; border-color: transparent; padding: 4px 7px;
}}
QPushButton[role="plain"]:hover, QToolButton[role="plain"]:hover {{
    color: {look.text}; background-color: {look.hover};
}}
QPushButton[role="plain"]:focus, QToolButton[role="plain"]:focus {{
    border: 2px solid {look.focus}; padding: 3px 6px;
}}
QPushButton[role="plain"]:checked {{ color: {look.accent_text}; background-color: {look.selected}; }}
QPushButton[role="plain"]:disabled, QToolButton[role="plain"]:disabled {{
    color: {look.disabled}; background-color: transparent; border-color: transparent;
}}
QPushButton[role="glyph"] {{
    background-color: transparent; color: {look.muted}; border-color: transparent; padding: 0 7px 2px 7px;
    font-size: 20px;
}}
QPushButton[role="glyph"]:hover {{ color: {look.text}; background-color: {look.hover}; }}
QPushButton[role="glyph"]:focus {{ border: 2px solid {look.focus}; padding: 0 6px 1px 6px; }}
QPushButton[role="glyph"]:disabled {{
    color: {look.disabled}; background-color: transparent; border-color: transparent;
}}
QFileDialog QToolButton {{ padding: 3px; min-height: 20px; }}
QFileDialog QToolButton:focus {{ padding: 2px; }}
QPushButton[role="chip"] {{
    background-color: {look.field}; color: {look.accent_text}; border: 1px solid {look.focus};
    border-radius: 14px; padding: 4px 14px; font-weight: 500;
}}
QPushButton[role="chip"]:hover {{ background-color: {look.selected}; }}
QPushButton[role="chip"]:focus {{
    border: 2px solid {look.focus}; padding: 3px 13px; background-color: {look.selected};
}}
QPushButton[role="chip"]:disabled {{ color: {look.disabled}; border-color: {look.border}; }}
QPushButton[role="chosen"], QPushButton[role="chosen"]:disabled {{
    background-color: {look.selected}; color: {look.accent_text}; border: 1px solid {look.focus};
    border-radius: 14px; padding: 4px 14px; font-weight: 600;
}}
QPushButton[role="action"] {{
    background-color: transparent; color: {look.accent_text}; border: 1px solid transparent;
    border-radius: {CORNER - 2}px; font-weight: 600;
}}
QPushButton[role="action"]:hover {{ background-color: {look.selected}; }}
QPushButton[role="action"]:focus {{ border: 2px solid {look.focus}; }}
QPushButton[role="action"]:disabled {{ color: {look.disabled}; }}
"""


def _fields(look: Tokens) -> str:
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit"

    def each(suffix: str) -> str:
        return ", ".join(name + suffix for name in fields.split(", "))

    return f"""
{fields} {{
    background-color: {look.field}; color: {look.text};
    border: 1px solid {look.field_border}; border-radius: {CORNER}px;
    placeholder-text-color: {look.muted};
    padding: 5px 11px; selection-background-color: {look.accent}; selection-color: {look.on_accent};
}}
QLineEdit, QComboBox {{ min-height: {CONTROL_HEIGHT - 16}px; }}
{each(":focus")} {{ border: 2px solid {look.focus}; padding: 4px 10px; }}
{each(":disabled")} {{ color: {look.disabled}; background-color: {look.hover}; border-color: {look.line}; }}
{each(":read-only")} {{ color: {look.text}; }}
{each('[wrong="true"]')} {{ border: 2px solid {look.bad}; padding: 4px 10px; }}
QLineEdit[role="bare"], QPlainTextEdit[role="bare"] {{ background: transparent; border: none; padding: 0; }}
QPlainTextEdit[role="closed"] {{ color: {look.muted}; background-color: {look.hover}; border-color: {look.line}; }}
QComboBox {{ padding-left: 13px; }}
QComboBox:focus, QComboBox[wrong="true"] {{ padding-left: 12px; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
    background-color: {look.bar}; color: {look.text}; border: 1px solid {look.border};
    selection-background-color: {look.selected}; selection-color: {look.text}; outline: none;
}}
QPlainTextEdit[role="code"], QTextEdit[role="code"] {{
    background-color: {look.code}; border: none; border-radius: 0; padding: 12px 14px;
}}
"""


def _chrome(look: Tokens, scale: float) -> str:
    return f"""
QMenuBar {{
    background-color: {look.bar}; color: {look.text_soft}; border-bottom: 1px solid {look.line};
    padding: 2px 6px;
}}
QMenuBar::item {{ background: transparent; padding: 4px 8px; border-radius: 4px; }}
QMenuBar::item:selected {{ background-color: {look.hover}; color: {look.text}; }}
QMenu {{ background-color: {look.bar}; color: {look.text}; border: 1px solid {look.border}; padding: 4px; }}
QMenu::item {{ padding: 6px 20px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background-color: {look.selected}; color: {look.text}; }}
QMenu::item:disabled {{ color: {look.disabled}; }}
QMenu::separator {{ height: 1px; background-color: {look.line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QStatusBar {{
    background-color: {look.bar}; color: {look.muted}; border-top: 1px solid {look.line};
    font-size: {_px(TYPE_LABEL, scale)};
}}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {look.muted}; font-size: {_px(TYPE_LABEL, scale)}; }}
QToolTip {{
    background-color: {look.bubble}; color: {look.text}; border: 1px solid {look.border};
    padding: 4px 8px;
}}
QTabWidget::pane {{ border: none; border-top: 1px solid {look.line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{
    background: transparent; color: {look.muted}; font-weight: 600; padding: 8px 0; margin: 0 18px 0 0;
    border: none; border-bottom: 2px solid transparent;
}}
QTabBar::tab:hover {{ color: {look.text}; }}
QTabBar::tab:selected {{ color: {look.text}; border-bottom-color: {look.focus}; }}
QTabBar::tab:focus {{ color: {look.accent_text}; }}
QSplitter::handle {{ background-color: {look.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QAbstractItemView {{ outline: none; }}
QListView, QTableView, QTreeView {{
    background-color: {look.bar}; color: {look.text}; border: none;
    selection-background-color: {look.selected}; selection-color: {look.text};
}}
QListView[role="boxed"], QTableView[role="boxed"] {{
    border: 1px solid {look.border}; border-radius: {CORNER}px; padding: 4px;
}}
QListView[role="boxed"]:focus, QTableView[role="boxed"]:focus {{
    border: 2px solid {look.focus}; padding: 3px;
}}
QListView::item {{ padding: 6px 8px; border-radius: 6px; color: {look.text}; }}
QListView::item:hover {{ background-color: {look.hover}; }}
QListView::item:selected {{ background-color: {look.selected}; color: {look.text}; }}
QHeaderView::section {{
    background-color: {look.bar}; color: {look.muted}; border: none; border-bottom: 1px solid {look.line};
    padding: 4px 8px; font-size: {_px(TYPE_SMALL, scale)}; font-weight: 600;
}}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background-color: {look.border}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 28px; margin: 3px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; margin: 3px; }}
QScrollBar::handle:hover {{ background-color: {look.field_border}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
