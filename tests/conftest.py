"""What every test shares: coroutine tests, silence, a clean environment, and the servers some need."""

from __future__ import annotations

import inspect
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Before anything imports Qt: the first import decides.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_API"] = "pyside6"
# The window follows the desktop's language, and tests read what it says.
os.environ.pop("LANGUAGE", None)
os.environ["LC_ALL"] = "C.UTF-8"

import hypothesis
import pytest

from tests.support.coroutines import run_on_asyncio, run_on_qt
from tests.support.display import virtual_display
from tests.support.logs import no_unexpected_logs
from tests.support.places import SAMPLE_FRAMES, service_schema_path
from tests.support.process import GcdeskProcess
from tests.support.secret_service import private_secret_service

# A busy machine is slow now and then; a run that gates a change must give the same answer twice.
hypothesis.settings.register_profile("gcdesk", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("gcdesk")

PROXY_VARIABLES = (
    "http_proxy",
    "https_proxy",
    "ws_proxy",
    "wss_proxy",
    "socks_proxy",
    "all_proxy",
    "no_proxy",
)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run coroutine tests; leave all others to pytest."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names if name in pyfuncitem.funcargs}
    run = run_on_qt if "qtbot" in pyfuncitem.fixturenames else run_on_asyncio
    run(pyfuncitem.obj, arguments)
    return True


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy of this machine, no settings and no keyring of the person who runs the tests."""
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("GCDESK_CONFIG_DIR", str(tmp_path / "gcdesk-config"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(autouse=True)
def _silence(request: pytest.FixtureRequest) -> Iterator[None]:
    """Any log record of level warning or above fails the test, unless the marker `expected_logs` names it."""
    marker = request.node.get_closest_marker("expected_logs")
    with no_unexpected_logs(marker.args if marker else None):
        yield


@pytest.fixture(scope="session")
def xvfb() -> Iterator[str]:
    """The value for DISPLAY of a real X server that shows nothing."""
    with virtual_display() as display:
        yield display


@pytest.fixture(scope="session")
def secret_service() -> Iterator[dict[str, str]]:
    """Environment variables that lead the `keyring` package to a real, private, unlocked gnome-keyring."""
    with (
        tempfile.TemporaryDirectory(prefix="gcdesk-secrets-") as directory,
        private_secret_service(Path(directory)) as variables,
    ):
        yield variables


@pytest.fixture
def gcdesk() -> Iterator[Callable[..., GcdeskProcess]]:
    """Start the `gcdesk` command, as in `gcdesk("simulate", "--port", "0")`; kills what runs at the end."""
    started: list[GcdeskProcess] = []

    def start(*arguments: str, **options: Any) -> GcdeskProcess:
        process = GcdeskProcess(*arguments, **options)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()


@pytest.fixture(scope="session")
def sample_frames() -> Path:
    """The directory of sample frames, one JSON file each."""
    assert SAMPLE_FRAMES.is_dir(), f"the sample frames are missing from {SAMPLE_FRAMES}"
    return SAMPLE_FRAMES


@pytest.fixture(scope="session")
def service_schema() -> dict[str, Any]:
    """The service's own JSON schema of the guest API; skips where it does not lie beside the project."""
    path = service_schema_path()
    if path is None:
        pytest.skip(
            "the service schema is not ours to ship: put guest-api.schema.json into ../shared/protocol/ "
            "or name it in GCDESK_SERVICE_SCHEMA"
        )
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(schema, dict)
    return schema
