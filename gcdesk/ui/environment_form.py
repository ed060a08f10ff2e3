"""The form of one environment: each field is checked when it is left, and all of them before saving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gcdesk.desk.environments import (
    COLOURS,
    DEFAULT_COLOUR,
    DEFAULT_CRM_ID_KEY,
    Environment,
    EnvironmentIds,
    check_environment,
    check_ids,
    check_name,
)
from gcdesk.errors import GcdeskError
from gcdesk.guest.regions import REGIONS, check_uuid, endpoint_for_url
from gcdesk.ui.client_fields import ClientFields
from gcdesk.ui.environment_fields import Chooser, EntryField, SecretEdit
from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.said import marked, told
from gcdesk.ui.start_fields import StartFields
from gcdesk.ui.style import set_role, theme, tokens
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import QT_TRANSLATE_NOOP

_CUSTOM: Final = "custom"
_ANY_REGION: Final = "mypurecloud.com"
_COLOUR_WORDS: Final = {
    "green": QT_TRANSLATE_NOOP("Colours", "Green"),
    "blue": QT_TRANSLATE_NOOP("Colours", "Blue"),
    "amber": QT_TRANSLATE_NOOP("Colours", "Amber"),
    "red": QT_TRANSLATE_NOOP("Colours", "Red"),
    "purple": QT_TRANSLATE_NOOP("Colours", "Purple"),
    "grey": QT_TRANSLATE_NOOP("Colours", "Grey"),
}


class EnvironmentForm(QWidget):
    """All fields of one environment. `edited` comes with each change a person makes."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._old: Environment | None = None
        self._taken: set[str] = set()
        self._known_ids: EnvironmentIds | None = None
        self._ids_missing = False
        self.modified = False
        self.name = QLineEdit(self)
        self.colour = Chooser(self)
        self.region = Chooser(self)
        self.endpoint = QLineEdit(self)
        self.deployment_id = SecretEdit(self, self.tr("deployment ID"))
        self.org_id = SecretEdit(self, self.tr("organization ID"))
        self.client = ClientFields(self)
        self.crm_id_key = QLineEdit(self)
        self.origin = QLineEdit(self)
        self.start = StartFields(self)
        self.storage = QLabel(self)
        self._fields: dict[str, EntryField] = {}
        self._checks: dict[str, Callable[[], str]] = {
            "name": self._check_name,
            "region": self._check_region,
            "endpoint": self._check_endpoint,
            "deployment_id": self._check_deployment_id,
            "org_id": self._check_org_id,
            "crm_id_key": self._check_crm_id_key,
            "origin": self._check_origin,
        }
        self._fill_choosers()
        self._lay_out()
        self._connect()
        self.show_new(())

    # What the dialog tells

    def show_new(self, taken: Iterable[str]) -> None:
        """Empty the form for a new environment; `taken` are the names that exist already."""
        self._show(None, taken, Environment("", colour=DEFAULT_COLOUR))

    def show_environment(self, environment: Environment, taken: Iterable[str]) -> None:
        """Show an environment; its IDs follow with `set_ids` once the keyring has given them."""
        self._show(environment, taken, environment)

    def set_ids(self, ids: EnvironmentIds) -> None:
        """Fill the IDs in, unless something was typed there meanwhile."""
        if self._known_ids is not None or self.deployment_id.line.text() or self.org_id.line.text():
            return
        self._known_ids = ids
        self.deployment_id.line.setText(ids.deployment_id)
        self.org_id.line.setText(ids.org_id)
        self._show_id_hints()

    def show_missing_ids(self, problem: str) -> None:
        """The IDs were never entered here: say so where they go; the rest can be saved without them."""
        self._ids_missing = True
        self._show_id_hints()
        self._fields["deployment_id"].set_problem(problem)

    def set_storage(self, words: str) -> None:
        """Say where the IDs are kept."""
        self.storage.setText(words)
        self.storage.setVisible(bool(words))

    def show_problem(self, field: str, problem: str) -> None:
        """Say below a field what is wrong with it."""
        self._fields[field].set_problem(problem)

    def problem(self, field: str) -> str:
        """The sentence below a field; empty if there is none."""
        return self._fields[field].problem

    def forget(self) -> None:
        """Let go of the IDs, so that no closed dialog holds them."""
        self._known_ids, self._ids_missing = None, False
        self.client.forget()
        for secret in (self.deployment_id, self.org_id):
            secret.line.clear()
            secret.hide_secret()

    # What the dialog asks

    def read(self) -> tuple[Environment, EnvironmentIds | None] | None:
        """The checked values, with None for IDs that stay as they are; None if a field is wrong and says so."""
        wrong = [field for field in self._checks if self.check(field)]
        if wrong:
            self._fields[wrong[0]].focus()
            return None
        if not self.client.check():
            self.client.focus_problem()
            return None
        if not self.start.check(self.crm_id_key.text().strip() or DEFAULT_CRM_ID_KEY):
            self.start.focus_problem()
            return None
        return check_environment(self._environment()), self._ids()

    def check(self, field: str) -> str:
        """Check one field, show the sentence below it and return it; empty if nothing is wrong."""
        try:
            problem = self._checks[field]()
        except GcdeskError as error:
            problem = told(error)
        self._fields[field].set_problem(problem)
        return problem

    def read_place(self) -> tuple[Environment, str] | None:
        """Where the environment is and its org ID, for a check before anything is saved; None if that is not known."""
        wrong = [field for field in ("region", "endpoint", "org_id") if self.check(field)]
        if wrong or not self.client.check() or self.start.proxy.check():
            return None
        return self._place(), self.org_id.line.text().strip()

    # Inside

    def _show(self, old: Environment | None, taken: Iterable[str], values: Environment) -> None:
        self._old = old
        self._taken = {name.casefold() for name in taken}
        self.forget()
        self.name.setText(values.name)
        self.colour.setCurrentIndex(max(0, self.colour.findData(values.colour)))
        self._show_place(values)
        self.crm_id_key.setText(values.crm_id_key)
        self.start.show_environment(values)
        self.origin.setText(values.origin)
        for field in self._fields.values():
            field.set_problem("")
        self._show_id_hints()
        if old is None:
            self.client.show_new()
        else:
            self.client.show_waiting()
        self.modified = False

    def _show_place(self, values: Environment) -> None:
        if values.region and self.region.findData(values.region) < 0:
            self.region.insertItem(self.region.count() - 1, values.region, values.region)
        wanted = values.region or (_CUSTOM if values.endpoint else None)
        self.region.setCurrentIndex(self.region.findData(wanted) if wanted else -1)
        self.endpoint.setText(values.endpoint)
        self._show_endpoint()

    def _show_id_hints(self) -> None:
        kept = self._old is not None and self._known_ids is None and not self._ids_missing
        hint = self.tr("Kept; type to replace it") if kept else "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
        self.deployment_id.line.setPlaceholderText(hint)
        self.org_id.line.setPlaceholderText(hint)

    def _environment(self) -> Environment:
        return replace(
            self._place(),
            attributes=self.start.read_attributes(),
            first_message=self.start.read_first_message(),
        )

    def _place(self) -> Environment:
        custom = self.region.currentData() == _CUSTOM
        return replace(
            # What the form does not show stays as it is.
            self._old or Environment(""),
            name=self.name.text(),
            region="" if custom else str(self.region.currentData() or ""),
            endpoint=self.endpoint.text() if custom else "",
            origin=self.origin.text(),
            crm_id_key=self.crm_id_key.text(),
            colour=str(self.colour.currentData()),
            proxy=self.start.proxy.read(),
        )

    def _ids(self) -> EnvironmentIds | None:
        if self._ids_stay():
            return None
        ids = check_ids(EnvironmentIds(self.org_id.line.text(), self.deployment_id.line.text()))
        return None if ids == self._known_ids else ids

    def _ids_stay(self) -> bool:
        untouched = not self.deployment_id.line.text() and not self.org_id.line.text()
        return self._old is not None and self._known_ids is None and untouched

    def _check_name(self) -> str:
        name = check_name(self.name.text())
        if name.casefold() in self._taken and (
            self._old is None or self._old.name.casefold() != name.casefold()
        ):
            return self.tr("There is an environment named {name} already. Choose another name.").format(
                name=name
            )
        return ""

    def _check_region(self) -> str:
        if self.region.currentIndex() < 0:
            return self.tr("Choose the region of the Genesys Cloud organization, or a custom endpoint.")
        return ""

    def _check_endpoint(self) -> str:
        if self.region.currentData() != _CUSTOM:
            return ""
        if not self.endpoint.text().strip():
            return self.tr("The endpoint is missing. Type an address such as ws://127.0.0.1:8080/v1.")
        endpoint_for_url(self.endpoint.text().strip())
        return ""

    def _check_deployment_id(self) -> str:
        if not self._ids_stay():
            check_ids(EnvironmentIds("", self.deployment_id.line.text()))
        return ""

    def _check_org_id(self) -> str:
        if self.org_id.line.text().strip():
            check_uuid(self.org_id.line.text(), "organization ID")
        return ""

    def _check_crm_id_key(self) -> str:
        check_environment(Environment("-", region=_ANY_REGION, crm_id_key=self.crm_id_key.text()))
        return ""

    def _check_origin(self) -> str:
        check_environment(Environment("-", region=_ANY_REGION, origin=self.origin.text()))
        return ""

    def _changed(self, field: str) -> None:
        self.modified = True
        # A sentence that was shown goes as soon as its field changes; leaving the field judges it anew.
        self._fields[field].set_problem("")
        self.edited.emit()

    def _part_changed(self) -> None:
        self.modified = True
        self.edited.emit()

    def _show_endpoint(self) -> None:
        self._fields["endpoint"].setVisible(self.region.currentData() == _CUSTOM)

    def _leave(self, name: str) -> None:
        # A field of an untouched form that was only passed through is no mistake yet; saving asks for it.
        if self.modified and name in self._checks:
            self.check(name)

    def _fill_choosers(self) -> None:
        for region in REGIONS:
            self.region.addItem(region.title, region.domain)
        self.region.addItem(self.tr("Custom endpoint"), _CUSTOM)
        self.region.setPlaceholderText(self.tr("Choose a region"))
        for colour in COLOURS:
            self.colour.addItem(marked("Colours", _COLOUR_WORDS[colour]), colour)
        self._show_dots()

    def _show_dots(self) -> None:
        for index in range(self.colour.count()):
            self.colour.setItemIcon(index, glyph_icon("dot", tokens().dot(str(self.colour.itemData(index)))))

    def _lay_out(self) -> None:
        self.endpoint.setPlaceholderText("ws://127.0.0.1:8080/v1")
        self.crm_id_key.setPlaceholderText(DEFAULT_CRM_ID_KEY)
        self.origin.setPlaceholderText("https://www.example.com")
        self.name.setPlaceholderText(self.tr("Such as UAT"))
        fields = self._fields
        fields["name"] = EntryField(self, self.tr("Name"), self.name)
        fields["colour"] = EntryField(self, self.tr("Colour"), self.colour)
        fields["region"] = EntryField(self, self.tr("Region"), self.region)
        fields["endpoint"] = EntryField(self, self.tr("Custom endpoint"), self.endpoint)
        fields["deployment_id"] = EntryField(
            self, self.tr("Deployment ID"), self.deployment_id, self.deployment_id.line
        )
        fields["org_id"] = EntryField(
            self, self.tr("Organization ID (optional)"), self.org_id, self.org_id.line
        )
        fields["crm_id_key"] = EntryField(self, self.tr("Key of the CRM customer ID"), self.crm_id_key)
        fields["origin"] = EntryField(self, self.tr("Origin (for restricted deployments)"), self.origin)
        set_role(self.storage, "small")
        self.storage.setWordWrap(True)
        self.storage.hide()
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(fields["name"], 3)
        first.addWidget(fields["colour"], 2)
        last.addWidget(fields["crm_id_key"], 1)
        last.addWidget(fields["origin"], 1)
        for row in (first, last):
            row.setSpacing(3 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addLayout(first)
        column.addWidget(fields["region"])
        column.addWidget(fields["endpoint"])
        column.addWidget(fields["deployment_id"])
        column.addWidget(fields["org_id"])
        column.addWidget(self.client)
        column.addWidget(self.storage)
        column.addLayout(last)
        column.addWidget(self.start)
        column.addStretch(1)

    def _connect(self) -> None:
        for name, field in self._fields.items():
            field.edited.connect(lambda name=name: self._changed(name))
            field.left.connect(lambda name=name: self._leave(name))
        self.region.activated.connect(self._show_endpoint)
        self.client.edited.connect(self._part_changed)
        self.start.edited.connect(self._part_changed)
        theme().changed.connect(self._show_dots)
