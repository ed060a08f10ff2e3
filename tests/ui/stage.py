"""The whole window over a real book of environments, with bridges that a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from gcdesk.chat.verification import Patience
from gcdesk.desk.environments import Environment, EnvironmentIds, Environments
from gcdesk.desk.ids import SessionIds
from gcdesk.desk.settings import Settings
from gcdesk.errors import WishError
from gcdesk.ui.beginning import Beginning
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.chat_page import ChatPage
from gcdesk.ui.controller import Controller
from gcdesk.ui.customers_bridge import CustomersBridge
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.history_bridge import HistoryBridge
from gcdesk.ui.inspector import Inspector
from gcdesk.ui.keeping import Keeping
from gcdesk.ui.launch import Launcher
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.options import SimulatorHandle
from gcdesk.ui.proofs_bridge import ProofsBridge
from gcdesk.ui.shelf import Shelf, simulator_item
from gcdesk.ui.simulated import SimulatorKeeper
from gcdesk.ui.step import Step
from gcdesk.ui.style import apply_theme
from gcdesk.ui.window import Window
from tests.ui.fakes import FakeBridge, until

IDS = EnvironmentIds("", "11111111-2222-4333-8444-555555555555")
UAT = Environment("UAT", region="mypurecloud.de", colour="green")
PRODUCTION = Environment("Production", region="mypurecloud.de", colour="red", crm_id_key="crmId")


class LastingIds(SessionIds):
    """IDs in memory that count as kept."""

    backend_name = "the Secret Service"
    lasting = True


class Stage:
    """A window that is shown, and what a test needs of it."""

    def __init__(self, window: Window, controller: Controller, settings: Settings) -> None:
        self.window = window
        self.controller = controller
        self.settings = settings
        self.book: Environments | None = None
        self.bridges: list[FakeBridge] = []
        self.items: list[EnvironmentItem] = []
        self.beginnings: list[Beginning] = []

    def make_bridge(
        self, item: EnvironmentItem, attributes: Mapping[str, str], beginning: Beginning
    ) -> ChatBridge:
        self.beginnings.append(beginning)
        self.bridges.append(FakeBridge(attributes))
        self.items.append(item)
        return self.bridges[-1]

    @property
    def crm_id(self) -> QLineEdit:
        field = self.window.launch_bar.findChild(QLineEdit, "crm-id")
        assert isinstance(field, QLineEdit)
        return field

    @property
    def start_button(self) -> QPushButton:
        starts = [b for b in self.window.launch_bar.findChildren(QPushButton) if b.objectName() == "start"]
        return starts[0]

    @property
    def shown(self) -> LiveChat:
        chat = self.controller.chats.shown
        assert chat is not None
        return chat

    @property
    def page(self) -> ChatPage:
        page = self.window.middle.currentWidget()
        assert isinstance(page, ChatPage)
        return page

    @property
    def inspector(self) -> Inspector:
        inspector = self.window.right.currentWidget()
        assert isinstance(inspector, Inspector)
        return inspector

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.inspector.checklist._shown

    def type_and_start(self, crm_id: str) -> FakeBridge | None:
        """Type a CRM ID over what is there and press Enter; the bridge that was made, if one was."""
        before = len(self.bridges)
        self.window.launch_bar.focus_crm_id()
        QTest.keyClicks(self.crm_id, crm_id)
        QTest.keyClick(self.crm_id, Qt.Key.Key_Return)
        return self.bridges[-1] if len(self.bridges) > before else None

    def start(self, crm_id: str = "CUST-12345") -> FakeBridge:
        """Start a chat and let everything go well."""
        bridge = self.type_and_start(crm_id)
        assert bridge is not None
        bridge.configure()
        return bridge


@dataclass(frozen=True)
class Real:
    """What real chats need: a simulator, and how long to ask for their attributes."""

    simulator: Callable[[], SimulatorHandle]
    patience: Patience = field(default_factory=lambda: Patience(first=0.05, longest=0.05, whole=0.2))


async def _no_target(_item: EnvironmentItem) -> Any:
    raise WishError("A fake bridge has no target.")


@asynccontextmanager
async def stage(
    path: Path,
    *environments: Environment,
    remembered: Mapping[str, Any] | None = None,
    hurry: Callable[[Window], None] | None = None,
    width: int = 1280,
    height: int = 800,
    real: Real | None = None,
    keeping: Keeping | None = None,
) -> AsyncIterator[Stage]:
    """Show the window; the first of the environments is the chosen one. `hurry` acts before anybody listens.

    With `real` the chats are real ones, with the simulator and whatever else the environments name. With `keeping`
    they are kept, and the window shows the history.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    settings = Settings(path / "settings.json")
    book = Environments(settings, LastingIds())
    for environment in environments:
        book.add(environment, IDS)
    if environments:
        book.choose(environments[0].name)
    window = Window(remembered)
    window.resize(width, height)
    if hurry is not None:
        hurry(window)
    tasks: set[asyncio.Task[None]] = set()
    async with asyncio.TaskGroup() as group:

        def spawn(work: Any) -> asyncio.Task[None]:
            task = group.create_task(work)
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            return task

        desk = DeskBridge(spawn, lambda: book, simulator_item(), parent=window)
        shelves: list[Shelf] = []
        one: Stage

        keeper = SimulatorKeeper(real.simulator) if real is not None else None
        proofs = ProofsBridge(spawn, desk, keeper, real.patience if real is not None else None, window)
        launcher = Launcher(desk, keeper, proofs)
        customers = CustomersBridge(
            spawn, desk, launcher.find_target if real is not None else _no_target, window
        )

        def make_bridge(
            item: EnvironmentItem, attributes: Mapping[str, str], beginning: Beginning
        ) -> ChatBridge:
            if real is None:
                bridge = one.make_bridge(item, attributes, beginning)
                if keeping is not None:
                    keeping.keep(bridge, item, attributes)
                return bridge
            prover = proofs.prover(item)
            prepare = launcher.prepare(item, attributes, beginning, customers, prover)
            return ChatBridge(spawn, prepare, prover=prover)

        history = HistoryBridge(spawn, keeping, parent=window) if keeping is not None else None
        controller = Controller(window, desk, customers, make_bridge, proofs, "warning", history=history)
        one = Stage(window, controller, settings)
        one.book = book
        desk.shelf_changed.connect(shelves.append)
        window.show()
        window.activateWindow()
        desk.load()
        desk.look_for_keyring()
        await until(lambda: shelves)
        try:
            yield one
        finally:
            if real is not None:
                one.controller.chats.end_all()
            await until(lambda: not tasks)
            if keeper is not None:
                await keeper.stop()
            for top in QApplication.topLevelWidgets():
                if top is not window:
                    top.close()
            window.hide()
            window.deleteLater()
            # Now, and here: a thread that is the last to know the window would destroy it beside its own thread.
            app.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
            app.sendPostedEvents()
