"""What the window asks about proofs: the doctor, any conversation, another org, and the end of a conversation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from gcdesk.errors import GcdeskError, WrongOrgError
from gcdesk.ui.chats import Chats
from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.notice_bar import NoticeBar
from gcdesk.ui.proofs_bridge import ProofsBridge, Question
from gcdesk.ui.step import ADD_CREDENTIALS, CHECK_AGAIN, COPY_CONVERSATION, DOCTOR, OPEN_ADMIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gcdesk.chat.verification import Proof

translate = QCoreApplication.translate


class ProofDesk(QObject):
    """Brings chats, dialogs and the Platform API together.

    Args:
        window: What dialogs belong to.
        chats: The chats.
        proofs: The Platform API.
        notices: Where sentences are told that belong to no chat.
        edit_environment: Opens an environment of that name in its form.
    """

    def __init__(
        self,
        window: QWidget,
        chats: Chats,
        proofs: ProofsBridge,
        notices: NoticeBar,
        edit_environment: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._chats = chats
        self._proofs = proofs
        self._notices = notices
        self._edit_environment = edit_environment
        chats.added.connect(self._added)

    def act(self, chat: LiveChat, action: str) -> None:
        """Do what a button of the checklist's last step wants; nothing for those of others."""
        if action == CHECK_AGAIN:
            chat.proof.check_again()
        elif action == COPY_CONVERSATION:
            QGuiApplication.clipboard().setText(chat.proof.conversation_id)
        elif action == OPEN_ADMIN:
            address = chat.proof.admin_address
            if address and not QDesktopServices.openUrl(QUrl(address)):
                self._notices.tell(
                    translate("Proof", "No browser could be opened. Copy the conversation ID instead.")
                )
        elif action == ADD_CREDENTIALS:
            self._edit_environment(chat.item.name)
        elif action == DOCTOR:
            self.examine(chat.item)

    def examine(self, item: EnvironmentItem | None) -> None:
        """Walk from this desk to the environment's chats, in a dialog."""
        from gcdesk.ui.doctor_walk import walk_in_dialog

        name = item.name if item is not None else translate("Doctor", "this desk")
        walk_in_dialog(self._window, name, lambda found, over: self._proofs.examine(item, found, over))

    def prove(self, items: Sequence[EnvironmentItem], chosen: str) -> None:
        """Prove the attributes of any conversation, in a dialog."""
        from gcdesk.ui.prove_dialog import ProveDialog

        dialog = ProveDialog(items, chosen, self._window)

        closed: list[int] = []
        dialog.finished.connect(closed.append)

        def ask(item: EnvironmentItem | None, kind: str, which: str, expected: Mapping[str, str]) -> None:
            question = Question(
                expected,
                message_id=which if kind == "message" else "",
                conversation_id=which if kind == "conversation" else "",
                file=Path(which) if kind == "file" else None,
            )

            def show(proof: Proof) -> None:
                if not closed:
                    dialog.show_proof(proof)

            def failed(error: GcdeskError) -> None:
                if not closed:
                    dialog.show_error(error)

            self._proofs.prove(item, question, show, failed)

        dialog.prove_requested.connect(ask)
        show_dialog(dialog)

    # Inside

    def _added(self, chat: LiveChat) -> None:
        chat.bridge.failed.connect(lambda error: self._failed(chat, error))

    def _failed(self, chat: LiveChat, error: GcdeskError) -> None:
        if not isinstance(error, WrongOrgError):
            return
        from gcdesk.ui.wrong_org import WrongOrgDialog

        dialog = WrongOrgDialog(chat.item.name, error, self._window)

        def start() -> None:
            self._proofs.accept_org(chat.item)
            self._chats.start_again(chat)

        dialog.start_anyway.connect(start)
        show_dialog(dialog)
