"""One window for each settings folder: a later launch hands over what it was asked for, and ends."""

from __future__ import annotations

import dataclasses
import logging
import os
import time
from typing import TYPE_CHECKING

from gcdesk.errors import WindowSilentError

if TYPE_CHECKING:
    from gcdesk.desk.instance import Instance
    from gcdesk.desk.opening import Call

# A window that is only just starting, or ending, has this long to answer or to be gone.
_PATIENCE = 10.0
_PAUSE = 0.05


def have_window(instance: Instance, call: Call | None) -> bool:
    """Whether this launch shall open the window; if not, the one that is open has taken the call.

    Raises:
        WindowSilentError: It does not answer.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            if instance.claim():
                return True
        except OSError as error:
            # The settings say later, and more clearly, what is wrong with their folder.
            logging.getLogger(__name__).debug("no window can be claimed: %s", error.strerror)
            return True
        address = instance.address()
        if address and _handed_over(address, call):
            return False
        if time.monotonic() > deadline:
            raise WindowSilentError
        time.sleep(_PAUSE)


def _handed_over(address: str, call: Call | None) -> bool:
    # Only a second launch pays for the socket.
    from gcdesk.desk.opening import Call
    from gcdesk.ui.single_instance import hand_over

    activation = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return hand_over(address, dataclasses.replace(call or Call(), activation=activation))
