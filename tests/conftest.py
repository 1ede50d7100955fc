"""
What all tests share: the reference data beside the checkout, and how hard hypothesis tries.
Knows nothing of reportgen; fixtures of one room live with the tests of that room.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"

# The same examples in every run: a red test is red for everyone. `make test-all` tries harder.
settings.register_profile("fast", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=500)
settings.load_profile("fast")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="take over our own output where it has changed, to be looked at"
    )


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether what comes out now is to be the accepted output."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data beside the checkout; its tests are skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs the reference data in ../shared/data")
    return SHARED_DATA


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.user_properties.append(("needs", "shared-data"))


def _with_shared_data(reporter: pytest.TerminalReporter, outcome: str) -> int:
    return sum(["needs", "shared-data"] in map(list, report.user_properties) for report in reporter.getreports(outcome))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed, skipped = (_with_shared_data(terminalreporter, outcome) for outcome in ("passed", "skipped"))
    terminalreporter.write_line(f"tests that need ../shared/data: {passed} passed, {skipped} skipped")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI, a test that needs the reference data and was skipped although they are there is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and SHARED_DATA.is_dir() and reporter and _with_shared_data(reporter, "skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
