"""
Trace: the command that leads from a number back to the rows it rests on, and how its account looks in a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportgen.cli.advice import of_account
from reportgen.cli.packs import Level, ReleaseId
from reportgen.cli.place import release_folder, resources, settings
from reportgen.cli.show import Show, app, command

if TYPE_CHECKING:
    from reportgen.batch.explain import Answer
    from reportgen.facts.evidence import Evidence, Origin
    from reportgen.facts.rows import Row

MOST_ROWS = 12  # rows and listed facts that are shown; the rest are counted, and all are in the JSON
INDENT = "    "


@command(app)
def explain(
    show: Show,
    what: Annotated[
        str,
        typer.Argument(
            metavar="AREA[/indicator[/sub-sector[/year[/other[/variant]]]]] | PACK.pdf#NOTE",
            help="What to explain",
        ),
    ],
    level: Level = None,
    release: ReleaseId = None,
) -> None:
    """Show what a number is made of, down to the rows of the data release, with sources and licences

    AREA is a code or a name; alone, it lists what can be asked about it. What is left out is what the pack of the
    area says: creative industries as a whole, the latest year, growth since five years before it. Behind the PDF of
    a finished pack stands the number of one of its notes.
    AREA/recommendations shows every rule, AREA/recommendation/RULE one: each condition, its margin, what would flip it.

    \b
    e.g., reportgen explain Bath
    e.g., reportgen explain Bath/location-quotient/crafts
    e.g., reportgen explain E12000009/creative-jobs-growth/all/2024/2019
    e.g., reportgen explain Bristol/recommendation/back-the-cluster
    e.g., reportgen explain out/illustrative-2024/E30000165_bath/creative-clusters_illustrative-2024_E30000165_bath.pdf#E12
    """  # noqa: E501
    from reportgen.batch.explain import explain as ask
    from reportgen.batch.explain import explain_note
    from reportgen.batch.noted import noted
    from reportgen.batch.recommend import WORDS, account
    from reportgen.facts.evidence import as_record, origin

    area, _, rest = what.partition("/")
    word, _, rule = rest.partition("/")
    if (note := noted(what)) is not None:
        answer = explain_note(release_folder(show, release or note.release), note, resources())
    elif word.strip() in WORDS:
        folder = release_folder(show, release)
        show.result(*of_account(account(folder, area, rule.strip("/ "), level, resources(), settings())))
        return
    else:
        answer = ask(release_folder(show, release), what, level, resources(), settings())
    if answer.evidence is None:
        record: dict[str, Any] = {
            "area": answer.area,
            "name": answer.name,
            "askable": list(map(asdict, answer.askable)),
        }
        show.result(list(_askable(answer)), record)
        return
    lines = [*_chain(answer.evidence), *_origin(origin(answer.evidence, answer.release))]
    show.result(lines, as_record(answer.evidence, answer.release))


def _askable(answer: Answer) -> Iterator[str]:
    """One line an indicator."""
    yield f"{answer.name} ({answer.area}): indicators with a value, and how many values"
    first = max((len(each.indicator) for each in answer.askable), default=0)
    for each in answer.askable:
        yield f"{each.indicator:<{first}}  {each.values:>6,}  {each.name}"


def _chain(evidence: Evidence) -> Iterator[str]:
    """A block of lines for each fact of the chain, numbered; facts in lists have one line each."""
    chain = evidence.chain(whole=False)
    numbers = {each.fact.id: number for number, each in enumerate(chain, start=1)}
    said: dict[str, int] = {}  # indicator → the block that gives its formula
    for number, each in enumerate(chain, start=1):
        first = said.setdefault(each.indicator.id, number)
        formula = each.indicator.formula if first == number else f"as in [{first}]"
        yield f"[{number}] {each.indicator.name}: {each.label}"
        yield from (INDENT + line for line in _block(each, formula, numbers))
        yield ""


def _block(evidence: Evidence, formula: str, numbers: Mapping[str, int]) -> Iterator[str]:
    fact = evidence.fact
    yield fact.id
    yield f"value    {_value(evidence)}{_exactly(evidence)}"
    if fact.reason:
        yield f"reason   {fact.reason}"
    yield f"formula  {formula}"
    gives = None if evidence.reckoned is None else _exact(evidence.reckoned)
    if evidence.expression:
        yield f"numbers  {evidence.expression} = {evidence.numbers}" + (f" = {gives}" if gives else "")
    if evidence.shuffled:
        yield "test     by permutation: how often chance does as well as what follows"
    for symbol, part in evidence.parts.items():
        yield f"{symbol:<8} {_value(part)}   [{numbers[part.fact.id]}] {part.indicator.name}: {part.label}"
    for symbol, (name, value) in evidence.settings.items():
        yield f"{symbol:<8} {_exact(value)}   setting {name}"
    for some in evidence.lists:
        yield from _listed(some, unknown_first=not fact.known)
    if evidence.lists and gives:
        yield f"gives    {gives}"
    if not evidence.declared:
        yield "rows of its tables on this area, year and industries; it may rest on those of other areas too:"
    yield from _rows(evidence)


def _listed(some: Sequence[Evidence], *, unknown_first: bool) -> Iterator[str]:
    """Facts of one indicator: all, or the highest, behind those without a value where these stand in the way."""
    known = [each for each in some if each.fact.known]
    unknown = [each for each in some if not each.fact.known]
    ordered = sorted(known, key=lambda each: -(each.fact.value or 0.0))
    first = f", the first {MOST_ROWS} of them" if len(some) > MOST_ROWS else ""
    name = some[0].indicator.name if some else "nothing to list"
    yield f"of {len(some)} findings, {len(known)} with a value{first}; each can be explained by its id: {name}"
    order = [*unknown, *ordered] if unknown_first else [*ordered, *unknown]
    for each in some if len(some) <= MOST_ROWS else order[:MOST_ROWS]:
        yield f"{INDENT}{_value(each)}   {each.label}   {each.fact.id}"


def _rows(evidence: Evidence) -> Iterator[str]:
    """The rows of each file: all, or how many, and what stands in the way in some of them."""
    files: dict[str, list[Row]] = {}
    for row in evidence.rows:
        files.setdefault(row.file, []).append(row)
    for file, rows in files.items():
        flagged = [row for row in rows if row.status.value != "ok"]
        shown = rows if len(rows) <= MOST_ROWS else flagged[:MOST_ROWS]
        yield f"{file}: {_counted(evidence, rows, flagged)}"
        yield from (INDENT + _row(row) for row in shown)
        if len(shown) < len(rows):
            yield f"{INDENT}… {len(rows) - len(shown):,} more, all of them with --json"


def _counted(evidence: Evidence, rows: Sequence[Row], flagged: Sequence[Row]) -> str:
    """How many rows, in what state, their sum where they are added up, and from which to which."""
    states = [row.status.value for row in flagged]
    how = [f"{states.count(state):,} {state}" for state in dict.fromkeys(states)]
    words = [
        f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}",
        ", ".join([f"{len(rows) - len(flagged):,} ok", *how]),
    ]
    if evidence.reckoned is not None and len(rows) > 1:
        words.append(f"sum {_exact(sum(row.value or 0.0 for row in rows))}")
    there = [row.row for row in rows if row.row is not None]
    if len(rows) > MOST_ROWS and there:
        words.append(f"in rows {min(there)} to {max(there)}")
    return "; ".join(words)


def _row(row: Row) -> str:
    place = "no row" if row.row is None else f"row {row.row}"
    value = "" if row.value is None else f"{_exact(row.value)} "
    return f"{place:<10} {', '.join(word for _, word in row.key)}   {value}{row.status.value}   {row.name}".rstrip()


def _origin(origin: Origin) -> Iterator[str]:
    """Sources with their licences, the release, and its raw files."""
    from reportgen.facts.format import date

    info = origin.release
    for source in origin.sources:
        yield f"source   {source.name} ({', '.join(source.tables)})"
        yield f"{INDENT}{source.publisher} · {source.licence} · {source.attribution}" + (
            f" · {source.url}" if source.url else ""
        )
    for file in origin.raw_files:
        yield f"raw file {file.name} ({', '.join(file.tables)}), {file.bytes:,} bytes, SHA-256 {file.sha256}"
    yield (
        f"release  {info.id}, revision {info.revision}, {info.status}, {info.reference_period}, "
        f"published {date(info.published)}"
    )


def _value(evidence: Evidence) -> str:
    """As packs say it, with its interval."""
    from reportgen.facts.format import cell, interval

    fact = evidence.fact
    if fact.unit == "yes or no" and fact.known:
        return "yes" if fact.value else "no"
    text = cell(fact.value, fact.status, fact.unit, fact.digits)
    if fact.low is None or fact.high is None:
        return text
    return f"{text} (95 %: {interval(fact.low, fact.high, fact.unit, fact.digits)})"


def _exactly(evidence: Evidence) -> str:
    """All digits of a value that packs round."""
    value = evidence.fact.value
    return "" if value is None or value == evidence.fact.printed.value else f"; before rounding {_exact(value)}"


def _exact(value: float) -> str:
    from reportgen.facts.format import exact

    return exact(value)
