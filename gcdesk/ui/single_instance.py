"""The way from a second launch of the program to the window that is open already.

A local socket that only the same user can reach carries one call in one direction and a word back. Neither end is
imported before the first window is painted; a second launch imports this file alone, and no widgets.
"""

from __future__ import annotations

import logging
import secrets
import sys

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from gcdesk.desk.instance import Instance
from gcdesk.desk.opening import LONGEST_CALL, Call, read_call, write_call
from gcdesk.errors import GcdeskError

_log = logging.getLogger(__name__)

_TAKEN = b"taken\n"
_PATIENCE = 3_000
_ANY_PROGRAM = -1


def hand_over(address: str, call: Call) -> bool:
    """Give the call to the window at the address; blocks. Returns whether the window took it."""
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(_PATIENCE):
        return False
    _let_come_to_front()
    socket.write(write_call(call))
    answer = b""
    while not answer.endswith(b"\n") and len(answer) < len(_TAKEN):
        if not socket.waitForReadyRead(_PATIENCE):
            break
        answer += socket.readAll().data()
    socket.disconnectFromServer()
    return answer == _TAKEN


class CallListener(QObject):
    """Hears the calls of later launches.

    Args:
        instance: Claimed already; is told the address.
        parent: The Qt parent.
    """

    called = Signal(object)
    """The `gcdesk.desk.opening.Call` that came."""

    refused = Signal(object)
    """The `gcdesk.errors.GcdeskError` that says why a call is not used."""

    def __init__(self, instance: Instance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._instance = instance
        self._callers: set[_Caller] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)

    def listen(self) -> bool:
        """Begin, and say whether it worked; the window does without where it does not."""
        try:
            place = self._place()
            QLocalServer.removeServer(place)
            if not self._server.listen(place):
                _log.warning("Later launches cannot reach this window: %s", self._server.errorString())
                return False
            self._instance.publish(self._server.fullServerName())
        except OSError as error:
            _log.warning("Later launches cannot reach this window: %s", error.strerror)
            return False
        return True

    def close(self) -> None:
        """Hear nothing more."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.end()

    def _place(self) -> str:
        if sys.platform == "win32":
            # A name that nobody can guess or take first; where it is written, only the same user can read it.
            return f"gcdesk-{secrets.token_hex(16)}"
        return self._instance.place_for_socket()

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Caller(socket, self, self._callers)


class _Caller:
    """One connection: a line comes in, a word goes out."""

    def __init__(self, socket: QLocalSocket, listener: CallListener, callers: set[_Caller]) -> None:
        self._callers = callers
        callers.add(self)
        self._socket = socket
        self._listener = listener
        self._line = b""
        self._answered = False
        # Whoever calls and stays silent does not stay for ever.
        self._patience = QTimer(listener, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self.end)
        self._patience.start()
        socket.setReadBufferSize(LONGEST_CALL)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.end)
        self._read()

    def end(self) -> None:
        """Let the connection go, answered or not."""
        if self not in self._callers:
            return
        self._callers.discard(self)
        self._patience.stop()
        self._patience.deleteLater()
        self._socket.blockSignals(True)
        self._socket.close()
        self._socket.deleteLater()

    def _read(self) -> None:
        self._line += self._socket.readAll().data()
        if self._answered or (b"\n" not in self._line and len(self._line) <= LONGEST_CALL):
            return
        self._answered = True
        try:
            call = read_call(self._line.partition(b"\n")[0])
        except GcdeskError as error:
            self._listener.refused.emit(error)
        else:
            self._listener.called.emit(call)
        # Refused calls are told of in the window, where the person is looking by then.
        self._socket.write(_TAKEN)
        self._socket.disconnectFromServer()


def _let_come_to_front() -> None:
    if sys.platform == "win32":
        import ctypes

        # Windows lets a program come to the front only where the one in front allows it.
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROGRAM)
