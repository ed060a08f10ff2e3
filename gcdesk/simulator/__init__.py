"""A local stand-in for Genesys Cloud Web Messaging: the service's side of the guest API, on one port.

The law of this package: it is written from what is known of the service alone. It imports nothing of the rest
of gcdesk and shares no code with the client, so that a misreading of the protocol cannot hide on both sides.

Importing it is cheap. What needs aiohttp or a YAML reader is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

from .demo import DEMO_DEPLOYMENT_ID, DEMO_ORG_ID
from .fault_list import FAULTS, Fault
from .fault_list import GROUPS as FAULT_GROUPS
from .options import SimulatorError, SimulatorOptions

if TYPE_CHECKING:
    from .flow import Flow, FlowError, load_flow
    from .server import Simulator, SimulatorThread, serve

__all__ = [
    "DEMO_DEPLOYMENT_ID",
    "DEMO_ORG_ID",
    "FAULTS",
    "FAULT_GROUPS",
    "Fault",
    "Flow",
    "FlowError",
    "Simulator",
    "SimulatorError",
    "SimulatorOptions",
    "SimulatorThread",
    "load_flow",
    "serve",
]

_NEEDS_AIOHTTP = frozenset({"Simulator", "SimulatorThread", "serve"})
_NEEDS_YAML = frozenset({"Flow", "FlowError", "load_flow"})


def __getattr__(name: str) -> Any:
    if name in _NEEDS_AIOHTTP:
        from . import server

        return getattr(server, name)
    if name in _NEEDS_YAML:
        from . import flow

        return getattr(flow, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
