"""
Parts: what one pack costs in a worker in the middle of a release night, part by part, and function by function. Packs
are made by `batch.work.make`, as they are then: other packs were made before, this one was not.
"""

from __future__ import annotations

import cProfile
import functools
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from reportgen.batch import output, store, work
from reportgen.batch.task import Source, Task
from reportgen.document import figures, poster
from reportgen.document.brief import Brief
from reportgen.document.voice import Voice
from reportgen.pack import build, check, pdf, written
from reportgen.pack.model import Pack
from reportgen.resources import bundled
from reportgen.settings import Settings

RELEASE = Path(__file__).parents[1] / "data" / "releases" / "illustrative-2024"
REGIONAL, SHORT, LOCAL, NATIONAL = "E12000009", "N92000002", "E30000180", "K02000001"
PACKS = (REGIONAL, SHORT, LOCAL)  # the second is a regional pack of the ten pages that the floor speaks of
BEFORE = ("E12000008", "E30000165", "E12000002", "E30000276")  # made first, so that all is warm that would be
# In the order in which a pack is made; the infographic is among the charts.
PARTS = ("sections", "charts", "layout", "write", "pictures", "files", "check", "to disk", "the rest")
# Packages → what the profile calls them; the longest name that fits counts.
PACKAGES = {
    **{f"weasyprint/{room}": f"weasyprint.{room}" for room in ("css", "layout", "draw", "svg", "pdf", "text")},
    **{name: name for name in ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pikepdf", "pypdfium2")},
    **{name: name for name in ("jinja2", "markupsafe", "fontTools", "uharfbuzz", "vl_convert", "PIL", "pandas")},
    **{name: name for name in ("numpy", "lxml", "scipy", "shapely")},
    "page": "page-validation",
    "reportgen/pack/engine": "ours, in the engine",
    **{f"reportgen/{room}": f"ours, {room}" for room in ("pack", "document", "charts", "facts", "assessment")},
    "reportgen": "ours, other rooms",
}
# Of functions that are compiled, what stands in their names; others count as of who calls them.
COMPILED = {
    "page._page.": "page-validation",
    "pikepdf.": "pikepdf",
    "vl_convert.": "vl_convert",
    "pypdfium2": "pypdfium2",
    "numpy.": "numpy",
    "Imaging": "PIL",
    "markupsafe.": "markupsafe",
    "lxml.": "lxml",
    "pandas.": "pandas",
    "gc.collect": "Python's look at what can go",
}
TEMPLATES = "templates of ours"  # compiled by jinja2
ELSEWHERE = "Python itself"
FUNCTIONS = 15


class Spent(NamedTuple):
    """Seconds of this process's cores, and as they passed."""

    process: float
    wall: float

    def since(self, earlier: Spent) -> Spent:
        return Spent(self.process - earlier.process, self.wall - earlier.wall)

    @classmethod
    def now(cls) -> Spent:
        return cls(time.process_time(), time.perf_counter())


class Clock:
    """Sums up what parts take; a part within another one is not of the other one."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.parts = dict.fromkeys(PARTS, (0.0, 0.0))
        self._stack = [PARTS[-1]]
        self._last = Spent.now()

    def _turn(self) -> None:
        """What has passed since the last look goes to the part that was on."""
        now = Spent.now()
        passed, (process, wall) = now.since(self._last), self.parts[self._stack[-1]]
        self.parts[self._stack[-1]] = (process + passed.process, wall + passed.wall)
        self._last = now

    def stop(self) -> dict[str, tuple[float, float]]:
        self._turn()
        return self.parts

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, and what it takes counted as of a part."""

        @functools.wraps(function)
        def counted(*args: Any, **named: Any) -> Any:
            self._turn()
            self._stack.append(part)
            try:
                return function(*args, **named)
            finally:
                self._turn()
                self._stack.pop()

        return counted


def seams() -> Iterator[tuple[str, Any, str]]:
    """What a part begins and ends with: the part, where it stands, its name there."""
    for name in ("write", "document"):
        yield "sections", written, name
    yield "sections", Voice, "render"
    yield "sections", Brief, "say"
    for name in ("digest", "html", "html_with_contents"):
        yield "sections", written.Written, name
    yield "charts", figures, "charted"
    yield "charts", figures, "show"
    yield "charts", poster, "poster"
    yield "layout", pdf.Press, "lay_out"
    yield "write", pdf.Press, "write"
    yield "pictures", build, "pictures"
    yield "files", written.Written, "files"
    yield "check", check, "refused"
    yield "to disk", output, "write_pack"


@contextmanager
def watched(clock: Clock) -> Iterator[None]:
    """Within the block the clock hears of every seam, wherever it was imported to."""
    undo: list[tuple[Any, str, Any]] = []
    for part, owner, name in seams():
        found = vars(owner)[name]
        if isinstance(found, cached_property):
            undo.append((found, "func", found.func))
            found.func = clock.timed(part, found.func)
            continue
        ours = clock.timed(part, found)
        for place in [owner] if isinstance(owner, type) else _places(name, found):
            undo.append((place, name, found))
            setattr(place, name, ours)
    try:
        yield
    finally:
        for place, name, found in reversed(undo):
            setattr(place, name, found)


def _places(name: str, function: Any) -> list[Any]:
    modules = [module for key, module in sorted(sys.modules.items()) if key.partition(".")[0] == "reportgen"]
    return [module for module in modules if vars(module).get(name) is function]


def source(folder: Path) -> Source:
    """Where a run would have it: a folder of its own, nothing kept yet, many packs to come."""
    return Source(
        RELEASE,
        bundled(),
        Settings(),
        store.at(folder / "out"),
        inputs="benchmark",
        press="benchmark",
        analysed="benchmark",
        cache=folder / "cache",
        many=True,
    )


def made(given: Source, area: str) -> None:
    """
    One pack as a worker makes it.
    Raises: SystemExit: something is wrong with it, and what.
    """
    (place,) = work.places_of(given, lambda _: [area])
    _made(given, Task(place))


def _made(given: Source, task: Task) -> None:
    done = work.make(given, task)
    if done.entry is None:
        said = "\n".join(problem.as_text() for problem in done.problems)
        raise SystemExit(f"{task.place.name} cannot be made, so nothing is measured:\n{said}\n{done.trace}")


@contextmanager
def warm() -> Iterator[Source]:
    """A process in which other packs were made."""
    with tempfile.TemporaryDirectory() as folder:
        given = source(Path(folder))
        for area in BEFORE:
            made(given, area)
        yield given


def by_part(area: str, given: Source) -> dict[str, tuple[float, float]]:
    """Seconds of cores, and as they pass, of each part of one pack, what is done after it included."""
    (place,) = work.places_of(given, lambda _: [area])
    clock = Clock()
    with watched(clock):
        clock.begin()
        _made(given, Task(place))
        return clock.stop()


def measured() -> dict[str, dict[str, tuple[float, float]]]:
    """Each pack, once."""
    with warm() as given:
        return {area: by_part(area, given) for area in PACKS}


def printed(area: str) -> Pack:
    """A pack in memory, for what others print of it and for what is counted in it."""
    with tempfile.TemporaryDirectory() as folder:
        given = source(Path(folder))
        loaded = work.load(given)
        pack = loaded.build(area, loaded.release, loaded.findings, given.resources, given.settings)
        assert pack is not None  # nothing was known before
        return pack


def profile() -> dict[str, Any]:
    """
    Where the time of the regional pack goes.
    Returns: `packages`, rows of name, seconds in it and in what Python itself does for it, seconds from when it is
        entered until it is left; `functions`, rows of package, name, calls, seconds in it, seconds with what it calls.
    """
    with warm() as given:
        (place,) = work.places_of(given, lambda _: [REGIONAL])
        profiler = cProfile.Profile()
        profiler.runcall(_made, given, Task(place))
    found = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    return {"packages": _by_package(found), "functions": _functions(found)}


def _by_package(found: dict[Any, Any]) -> list[tuple[str, float, float]]:
    own: dict[str, float] = {}
    whole: dict[str, float] = {}
    for function, (_, _, within, _, callers) in found.items():
        package = package_of(function)
        if package != ELSEWHERE:
            own[package] = own.get(package, 0.0) + within
            for caller, (_, _, _, until) in callers.items():
                if package_of(caller) != package:
                    whole[package] = whole.get(package, 0.0) + until
            continue
        for caller, (_, _, within_for, _) in callers.items():
            for_whom = package_of(caller)
            own[for_whom] = own.get(for_whom, 0.0) + within_for
    rows = [(name, seconds, whole.get(name, 0.0)) for name, seconds in own.items()]
    return sorted(rows, key=lambda row: -row[1])


def _functions(found: dict[Any, Any]) -> list[tuple[str, str, int, float, float]]:
    rows = [
        (package_of(function), function[2], calls, within, until)
        for function, (_, calls, within, until, _) in found.items()
        if package_of(function) != ELSEWHERE
    ]
    return sorted(rows, key=lambda row: -row[3])[:FUNCTIONS]


@functools.cache
def package_of(function: tuple[str, int, str]) -> str:
    """What the profile calls the package that a function is of."""
    if function[0] == "~":
        return next((name for mark, name in COMPILED.items() if mark in function[2]), ELSEWHERE)
    path = Path(function[0]).as_posix()
    if path.endswith((".html", ".svg")) or path == "<template>":
        return TEMPLATES
    for mark in ("/site-packages/", "/src/"):
        _, found, rest = path.rpartition(mark)
        if found:
            fits = [name for name in PACKAGES if rest == f"{name}.py" or rest.startswith((f"{name}/", f"{name}.py"))]
            return PACKAGES[max(fits, key=len)] if fits else rest.partition("/")[0]
    return ELSEWHERE
