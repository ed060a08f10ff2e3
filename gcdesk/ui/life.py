"""The program while its loop runs: the task group, the bridges, and the bounded way out."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from gcdesk.desk.settings import Settings
from gcdesk.errors import GcdeskError, SettingsError
from gcdesk.ui.beginning import Beginning
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.controller import Controller
from gcdesk.ui.crash_desk import CrashDesk
from gcdesk.ui.customers_bridge import CustomersBridge
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.farewell import Farewell
from gcdesk.ui.history_bridge import HistoryBridge
from gcdesk.ui.keeping import Keeping
from gcdesk.ui.launch import Launcher
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.memory import FOLDERS_KEY, NOTIFY_KEY, NOTIFY_PLAIN, PICTURES_KEY, WINDOW_KEY
from gcdesk.ui.options import WindowOptions
from gcdesk.ui.proofs_bridge import ProofsBridge
from gcdesk.ui.shelf import simulator_item
from gcdesk.ui.simulated import SimulatorKeeper
from gcdesk.ui.threads import DaemonExecutor
from gcdesk.ui.turns import Turns
from gcdesk.ui.window import Window

if TYPE_CHECKING:
    from gcdesk.desk.environments import Environments
    from gcdesk.desk.instance import Instance
    from gcdesk.ui.open_desk import OpenDesk

_log = logging.getLogger(__name__)

# Chats may say goodbye for this long; those that are not done by then are cut off and have as long again.
_GOODBYE = 0.5
_SAVING = 0.3
_KEEPING = 0.5

Tasks = set[asyncio.Task[None]]


async def live(options: WindowOptions, settings: Settings, window: Window, farewell: Farewell) -> int:
    """Run until the farewell is wished, end everything, and return the exit status."""
    # The loop's own executor would hold the exit until the last name server has answered.
    asyncio.get_running_loop().set_default_executor(DaemonExecutor())
    over = asyncio.Event()
    farewell.listen(over.set)
    crashes = CrashDesk(window, settings)
    crashes.begin()
    simulator = SimulatorKeeper(options.simulator) if options.simulator is not None else None
    tasks: Tasks = set()
    async with asyncio.TaskGroup() as group:

        def spawn(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
            task = group.create_task(_guarded(work))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            # What was cancelled before its first step would complain that nobody awaited it.
            task.add_done_callback(lambda _task: work.close())
            return task

        desk = DeskBridge(
            spawn,
            lambda: _open_book(settings),
            simulator_item() if simulator is not None else None,
            always_simulator=options.demo,
            parent=window,
        )
        proofs = ProofsBridge(spawn, desk, simulator, parent=window)
        launcher = Launcher(desk, simulator, proofs)
        keeping = Keeping(window)
        keeping.failed.connect(window.tell)

        turns = Turns()
        customers = CustomersBridge(spawn, desk, launcher.find_target, window)

        def make_bridge(
            item: EnvironmentItem, attributes: Mapping[str, str], beginning: Beginning
        ) -> ChatBridge:
            prover = proofs.prover(item)
            prepare = launcher.prepare(item, attributes, beginning, customers, prover)
            bridge = ChatBridge(spawn, prepare, prover=prover, turns=turns, opener=launcher.opener(item))
            keeping.keep(bridge, item, attributes)
            return bridge

        remembered = {
            FOLDERS_KEY: settings.get(FOLDERS_KEY, dict, {}),
            PICTURES_KEY: settings.get(PICTURES_KEY, list, []),
            NOTIFY_KEY: settings.get(NOTIFY_KEY, str, NOTIFY_PLAIN),
        }
        history = HistoryBridge(spawn, keeping, parent=window)
        controller = Controller(
            window, desk, customers, make_bridge, proofs, options.log_level, remembered, history
        )
        controller.settings.history_changed.connect(keeping.begin_anew)
        desk.load()
        desk.look_for_keyring()
        if options.call is not None:
            controller.openings.take(options.call)
        if options.instance is not None:
            spawn(_hear_later_launches(options.instance, controller.openings))
        if options.demo and simulator is not None:
            spawn(_start_early(simulator, window))
        await over.wait()
        place = controller.remembered()
        controller.notifier.close()
        # Nobody should press anything while everything ends, nor watch it.
        window.hide()
        await asyncio.gather(_end(tasks), _save(settings, place))
        # The last events are there only now.
        await asyncio.to_thread(keeping.close, _KEEPING)
    if simulator is not None:
        await simulator.stop()
    await asyncio.to_thread(crashes.end)
    return 0


def _open_book(settings: Settings) -> Environments:
    # Runs in a thread, so that neither the window nor its first moments wait for what this loads.
    from gcdesk.desk.environments import Environments
    from gcdesk.desk.ids import KeyringIds

    return Environments(settings, KeyringIds())


async def _hear_later_launches(instance: Instance, openings: OpenDesk) -> None:
    # In a thread, because the window is in use by now and the module brings a library of Qt with it.
    await asyncio.to_thread(importlib.import_module, "gcdesk.ui.single_instance")
    from gcdesk.ui.single_instance import CallListener

    listener = CallListener(instance, openings)
    listener.called.connect(openings.take)
    listener.refused.connect(openings.refuse)
    try:
        if listener.listen():
            await asyncio.Event().wait()
    finally:
        listener.close()


async def _start_early(simulator: SimulatorKeeper, window: Window) -> None:
    try:
        await simulator.address()
    except GcdeskError as error:
        window.tell(error)


async def _guarded(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:  # noqa: BLE001 - the group would end the program, and with it all chats
        _log.exception("A task of the window ended because of a bug")


async def _end(tasks: Tasks) -> None:
    left = set(tasks)
    for _ in range(2):
        if not left:
            return
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=_GOODBYE)


async def _save(settings: Settings, remembered: dict[str, Any]) -> None:
    # The place of a window is not worth keeping anybody waiting or complaining about.
    with contextlib.suppress(SettingsError, TimeoutError):
        async with asyncio.timeout(_SAVING):
            await asyncio.to_thread(settings.set, WINDOW_KEY, remembered)
