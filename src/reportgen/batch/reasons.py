"""
Reasons: what is to be done about each area of a run, and why: held against what the ledger knows of its pack. Reads the
files of packs only where they look altered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reportgen.batch.inputs import PARTS, PRESSED, Inputs, Part, key_of
from reportgen.batch.ledger import Entry, Ledger, Place
from reportgen.batch.store import Look, Store
from reportgen.batch.task import Task

NEVER, FORCED = "never built", "forced"
_WORDS: Mapping[Part, str] = {"data": "data changed"}
SECONDS = {"national": 10.0, "regional": 1.6, "local": 1.2}  # of a pack that was never made, about


@dataclass(frozen=True)
class Planned:
    """
    An area of a run.
    Args:
        entry: its finished pack, if there is one. task: what is to be done; None: nothing.
        given_up: why the run that is gone on with could not make its pack; it is not tried again.
    """

    place: Place
    entry: Entry | None
    task: Task | None
    given_up: str = ""


def planned(
    places: Sequence[Place],
    ledger: Ledger,
    inputs: Inputs,
    root: Store,
    *,
    force: bool = False,
    given_up: Mapping[str, str] = MappingProxyType({}),
) -> list[Planned]:
    """
    What is to be done about areas, as far as hashes tell, in their order.
    Args: root: where the release's packs lie. given_up: areas that are not tried again, and why.
    """
    entries = ledger.packs()
    ids = {entry.inputs for entry in entries.values()}
    earlier = {id: ledger.inputs(id) for id in sorted(ids)}
    look = root.looks()
    return [
        Planned(place, entries.get(place.area), None, given_up[place.area])
        if place.area in given_up
        else _planned(place, entries.get(place.area), inputs, earlier, (root, look), force=force)
        for place in places
    ]


def _planned(
    place: Place,
    entry: Entry | None,
    inputs: Inputs,
    earlier: Mapping[str, Inputs | None],
    there: tuple[Store, Callable[[str], Look | None]],
    *,
    force: bool,
) -> Planned:
    if entry is None:
        return Planned(place, None, Task(place, reason=FORCED if force else NEVER))
    reason = FORCED if force else _damage(entry, *there) or _renamed(entry, place)
    before = earlier[entry.inputs]
    if not reason and entry.inputs == inputs.id:
        return Planned(place, entry, None)
    if not reason and entry.key != key_of(entry.digest, inputs.press):
        reason = changes(inputs, before, PRESSED) or "code"
    if reason:
        return Planned(place, entry, Task(place, reason=reason))
    documents = tuple(part for part in PARTS if part not in PRESSED)
    return Planned(place, entry, Task(place, entry.digest, changes(inputs, before, documents)))


def largest_first(tasks: Sequence[Task], entries: Mapping[str, Entry]) -> list[Task]:
    """In the order that leaves no long pack for the end: by the seconds that each took last, else by its kind."""
    return sorted(tasks, key=lambda task: -expected_seconds(task.place, entries))  # sorted() keeps equal ones in order


def expected_seconds(place: Place, entries: Mapping[str, Entry]) -> float:
    """What the pack took when it was made last; of one that never was, a guess by its kind."""
    entry = entries.get(place.area)
    return entry.seconds if entry is not None and entry.seconds else SECONDS[place.kind]


def _damage(entry: Entry, root: Store, look: Callable[[str], Look | None]) -> str:
    """What is wrong with the files of a finished pack; where size and mark are as they were, they are not read."""
    for name, file in sorted(entry.files.items()):
        path = f"{entry.folder}/{name}"
        found = look(path)
        if found is None:
            return f"output missing: {name}"
        as_it_was = found.bytes == file.bytes and found.mark and found.mark == file.changed
        if not as_it_was and root.sha256(path) != file.sha256:
            return f"output altered: {name}"
    return ""


def _renamed(entry: Entry, place: Place) -> str:
    return "" if entry.folder == place.folder else f"output missing: it is called {place.folder} now"


def changes(inputs: Inputs, before: Inputs | None, parts: Sequence[Part]) -> str:
    """Which parts changed, each with its first file or name; empty: none, or nothing is known of those before."""
    if before is None:
        return ""
    found = ((part, inputs.changed(before, part)) for part in parts)
    return ", ".join(
        f"{_WORDS.get(part, part)} ({names[0]}{f' and {len(names) - 1} more' if names[1:] else ''})"
        for part, names in found
        if names
    )
