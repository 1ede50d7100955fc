"""Outlook: us or the mix, what would come if things went on as before, and how such reckonings did in the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from markupsafe import Markup

from reportgen.analysis.backtest import KINDS
from reportgen.analysis.changes import SPAN
from reportgen.charts.fan import fan
from reportgen.charts.parts import part_bars
from reportgen.document.brief import WHOLE, Brief
from reportgen.document.figures import charted
from reportgen.document.figures import rows as figure_rows
from reportgen.document.sections.alike import nearest_regions
from reportgen.document.sections.pictures import vague
from reportgen.document.sections.profiled import mix
from reportgen.document.sections.tested import along
from reportgen.document.voice import ranged
from reportgen.facts import format as formats
from reportgen.facts import said
from reportgen.facts.fact import Fact
from reportgen.facts.format import listed
from reportgen.facts.words import side
from reportgen.release.tables import Status
from reportgen.wording import word

PARTS = ("national", "mix", "local", "change")
HALF, WIDE = 84.0, 174.0  # mm
PART_ROW = {"national": 15.5, "regional": 16.0}  # px, height of a row of what a change is made up of
HIGH = {"national": 46.0, "regional": 46.0, "local": 28.0}  # mm, height of the fan
MEANT = 0.95  # share of outcomes that an interval is made to hold
NEAREST = 3  # regions that are named as most alike
WINDOWS = ("jobs", "units", "gva")

GROWN = {  # creative industries, the whole
    "jobs": ("creative-jobs-growth", "jobs-growth"),
    "units": ("creative-units-growth", "units-growth"),
    "gva": ("gva-growth", "gva-growth"),
}

Verdict = Literal["all", "none", "some", "unknown"]


@dataclass(frozen=True)
class Shift:
    """A row of the table: what the nation, the mix and the area itself add to its change."""

    code: str
    name: str
    short: str
    parts: dict[str, Fact]

    @property
    def local(self) -> Fact:
        return self.parts["local"]

    @property
    def told(self) -> bool:
        """Whether a cell can say it: a sum whose parts are not all known may have neither a value nor a reason."""
        return all(fact.known or fact.reason for fact in self.parts.values())


@dataclass(frozen=True)
class Trial:
    """How earlier projections of the areas of a kind did, beside saying that nothing changes."""

    kind: str
    number: Fact
    error: Fact
    no_change: Fact
    double_rate: Fact
    coverage: Fact

    @property
    def better(self) -> bool:
        """Whether the projection came nearer than saying that nothing changes."""
        return self.error.known and (self.error.value or 0.0) < (self.no_change.value or 0.0)


@dataclass(frozen=True)
class Windows:
    """
    Whether creative industries grew at double the rate of the economy, window by window, and the latest of them.
    Args:
        pace: yearly growth of creative industries and of the whole in the latest window.
        shrank: whether the whole is known to have shrunk in a window in which that was met.
    """

    measure: str
    verdict: Verdict
    met: list[tuple[str, str]]
    first: tuple[str, str]
    last: tuple[str, str]
    latest: Fact
    pace: tuple[Fact, Fact]
    shrank: bool

    @property
    def behind(self) -> bool:
        """Whether creative industries grew more slowly than the whole in the latest window, as far as is known."""
        own, whole = self.pace
        return own.value is not None and whole.value is not None and own.value < whole.value


def gather(brief: Brief) -> dict[str, Any] | None:
    if not told(brief):
        return None
    base = _base(brief)
    year = brief.years("jobs")[-1]
    shifts = _shifts(brief, year, base)
    ahead = _years_ahead(brief)
    projected = _projected(brief, ahead[-1])
    own = _shift(brief, brief.subject, "", "all", year, base)
    context: dict[str, Any] = brief.words | {
        "vague": vague(brief, "jobs"),
        "year": year,
        "base": base,
        "own": own,
        "shifts": [row for row in shifts if row.told],
        "no_sum": [row.name for row in shifts if not row.told],
        "shifted": [row for row in shifts if row.parts["change"].known],
        **_apart(brief, shifts),
        "projected": projected,
        "until": ahead[-1],
        "now": brief.book.fact(brief.subject, "creative-jobs", "all", year),
        "trials": _trials(brief, year),
        "meant": MEANT,
        "farthest": SPAN,
        "benchmark_code": brief.benchmark,
        "source": brief.source_line("employment"),
    }
    context["trial"] = next(trial for trial in context["trials"] if trial.kind == _kind(brief))
    for block in ("heading", "lede"):
        context[block] = brief.say("outlook", block, context).html
    if brief.kind == "regional":  # figures are numbered as they stand on the page
        context["shift"] = _parts(brief, context)
    context["unsure_start"] = unsure_start(brief)
    context["fan"] = _fan(brief, year, ahead, context)
    if brief.kind == "local":
        return context
    context["flows"] = brief.kind == "regional" and not context["shift"] and not context["fan"]
    context |= _national(brief, context["trials"]) if brief.kind == "national" else _profile(brief, context)
    if brief.kind == "national":
        context["shift"] = _parts(brief, context)
    return context


def told(brief: Brief) -> bool:
    """
    Whether there is anything to say: not of a local area of whose change nothing is known, neither how large it is, nor
    what it is made up of, nor what it would come to; the page of that change then says so.
    """
    if brief.kind != "local" or not brief.has_past(brief.measure) or brief.growth(brief.subject).known:
        return True
    change = brief.book.fact(brief.subject, "shift-share-change", "all", brief.years("jobs")[-1], _base(brief))
    ahead = _projected(brief, _years_ahead(brief)[-1])
    return change.known or ahead.known or vague(brief, "jobs")


def _years_ahead(brief: Brief) -> list[str]:
    """The years that jobs are projected to."""
    return along(brief, "projected-jobs", "year", area=brief.subject)


def _base(brief: Brief) -> str:
    """The year from which changes are split into what they are made up of."""
    return max(along(brief, "shift-share-change", "other"), key=int)


def _apart(brief: Brief, shifts: Sequence[Shift]) -> dict[str, Any]:
    """Which rows gained more of their own than chance gives, and which fell short: by name, and how many."""
    unit = "areas" if brief.kind == "national" else "sub-sectors"
    found: dict[str, Any] = {"shift_count": brief.tally("shifts", [row.local for row in shifts], unit=unit)}
    told = [row for row in shifts if side(row.local, 0) in ("above", "below")]
    found["single"] = told[0] if len(told) == 1 else None
    for where in ("above", "below"):
        rows = [row for row in shifts if side(row.local, 0) == where]
        found[where] = listed([brief.spoken(row.code) if brief.kind == "national" else row.short for row in rows])
        found[f"{where}_count"] = brief.tally(f"shifts-{where}", [row.local for row in rows], unit=unit)
    return found


def _kind(brief: Brief) -> str:
    """The kind of areas whose earlier projections are like that of the subject."""
    if brief.subject == brief.benchmark or brief.kind == "national":
        return "benchmark"
    return "regional" if brief.subject in brief.release.at_level("regional") else "local"


def _shift(brief: Brief, area: str, name: str, part: str, year: str, base: str) -> Shift:
    facts = {each: brief.book.fact(area, f"shift-share-{each}", part, year, base) for each in PARTS}
    return Shift(area, name, brief.short(part), facts)


def _shifts(brief: Brief, year: str, base: str) -> list[Shift]:
    """The rows of the table: in the national report the regions, else the sub-sectors; by what is their own."""
    if brief.kind == "national":
        codes = brief.release.at_level("regional")
        rows = [_shift(brief, code, brief.release.name_of(code), "all", year, base) for code in codes]
    else:
        rows = [_shift(brief, brief.subject, brief.full(part), part, year, base) for part in brief.sub_sectors]
    return sorted(
        rows, key=lambda row: (-(row.local.value if row.local.value is not None else float("-inf")), row.name)
    )


def _parts(brief: Brief, context: dict[str, Any]) -> Markup:
    """What each row's change is made up of, as bars; the whole below them in numbers. Nothing if none is known."""
    if not context["shifted"] or context["vague"]:
        return Markup()
    own, total = context["own"], []
    if own.told:
        name = brief.release.name_of(own.code) if brief.kind == "national" else word("parts.all")
        total = [replace(own, name=name)]
    shown = [*context["shifts"], *total]
    key, at = ("area", 0) if brief.kind == "national" else ("sub_sector", 2)
    rows = figure_rows([(row.name, row.parts[part]) for part in PARTS for row in shown])
    if own.code == brief.benchmark:  # what is held against itself has no part of its own that chance could change
        without = formats.cell(None, Status.NOT_APPLICABLE, own.local.unit, own.local.digits)
        rows = [
            replace(row, interval=without) if (row.area, row.indicator) == (own.code, "shift-share-local") else row
            for row in rows
        ]
    draw = partial(
        part_bars,
        rows,
        fonts=brief.fonts,
        heads={f"shift-share-{part}": word(f"parts.{part}") for part in PARTS},
        own="shift-share-local",
        decided=[row.local.key[at] for row in shown if side(row.local, 0) in ("above", "below")],
        key=key,
        total=own.local.key[at] if own.told else "",
        interval_head=word("axis.interval"),
        row=PART_ROW[brief.kind],
    )
    return charted(brief, draw, "outlook", "shift", context, "employment")


def _projected(brief: Brief, until: str) -> Fact:
    return brief.book.fact(brief.subject, "projected-jobs", "all", until, brief.years("jobs")[-1])


def _trials(brief: Brief, year: str) -> list[Trial]:
    """The back-test pooled over one to five years ahead: of the whole, of regions, of local areas."""

    def pooled(indicator: str, kind: str, variant: str = "projection") -> Fact:
        return brief.book.fact(brief.benchmark, indicator, "all", year, kind, variant)

    return [
        Trial(
            kind,
            pooled("backtest-windows", kind),
            pooled("backtest-error", kind),
            pooled("backtest-error", kind, "no-change"),
            pooled("backtest-error", kind, "double-rate"),
            pooled("backtest-coverage", kind),
        )
        for kind in reversed(KINDS)
    ]


def _fan(brief: Brief, year: str, ahead: Sequence[str], context: dict[str, Any]) -> Markup:
    """The creative jobs of all years, carried on; nothing where that cannot be done, or would look too sure."""
    if not has_fan(brief):
        return Markup()
    name = brief.release.name_of(brief.subject)
    facts = [brief.book.fact(brief.subject, "creative-jobs", "all", each) for each in brief.years("jobs")]
    facts += [brief.book.fact(brief.subject, "projected-jobs", "all", each, year) for each in ahead]
    rows = figure_rows([(name, fact) for fact in facts])
    for at, fact in enumerate(facts):
        if fact.key[1] == "projected-jobs" and ranged(fact):
            span = said.about_span(fact).replace(" to ", formats.EN_DASH)
            rows[at] = replace(rows[at], text=said.about(fact), interval=span)
    draw = partial(fan, rows, fonts=brief.fonts, last=year, width_mm=HALF, height_mm=HIGH[brief.kind])
    return charted(brief, draw, "outlook", "fan", context, "employment")


def unsure_start(brief: Brief) -> bool:
    """Whether today's number is less sure than its projection, whose interval takes it for exact."""
    year = brief.years("jobs")[-1]
    now = brief.book.fact(brief.subject, "creative-jobs", "all", year)
    ahead = _projected(brief, _years_ahead(brief)[-1])
    ends = (now.low, now.high, ahead.low, ahead.high)
    if any(end is None for end in ends):
        return False
    low, high, ahead_low, ahead_high = (end or 0.0 for end in ends)
    return high - low > ahead_high - ahead_low


def has_fan(brief: Brief) -> bool:
    """Whether the pack draws a projection."""
    year = brief.years("jobs")[-1]
    ahead = _projected(brief, _years_ahead(brief)[-1])
    known = ahead.known and brief.book.fact(brief.subject, "creative-jobs", "all", year).known
    return known and not vague(brief, "jobs") and not unsure_start(brief)


def _national(brief: Brief, trials: list[Trial]) -> dict[str, Any]:
    tested = any(trial.error.known for trial in trials)
    return {
        "windows": [_windows(brief, measure) for measure in WINDOWS],
        "trial_number": brief.next_table() if tested else 0,
    }


def _windows(brief: Brief, measure: str) -> Windows:
    """Of the nation, or of the benchmark where only that is known."""
    rows = brief.findings.rows("double-rate-window")
    rows = rows[rows["variant"] == measure]
    areas = [area for area in (brief.subject, brief.area, brief.benchmark) if area in set(rows["area"])]
    spans = list(dict.fromkeys(zip(rows["other"].astype(str), rows["year"].astype(str), strict=True)))
    found = []
    for area in areas:
        met = [brief.book.fact(area, "double-rate-met", "all", end, begin, measure) for begin, end in spans]
        latest = brief.book.fact(area, "double-rate-window", "all", spans[-1][1], spans[-1][0], measure)
        known = [fact for fact in met if fact.known]
        reached = [times for times, fact in zip(spans, met, strict=True) if fact.value == 1]
        verdict: Verdict = "unknown"
        if known and latest.known:
            verdict = "all" if len(reached) == len(spans) else "some" if reached else "none"
        pace, shrank = _pace(brief, area, measure, spans[-1]), _shrank(brief, area, measure, reached)
        found.append(Windows(measure, verdict, reached, spans[0], spans[-1], latest, pace, shrank))
    return next((each for each in found if each.verdict != "unknown"), found[-1])


def _pace(brief: Brief, area: str, measure: str, span: tuple[str, str]) -> tuple[Fact, Fact]:
    begin, end = span
    creative, whole = GROWN[measure]
    return (
        brief.book.fact(area, creative, "all", end, begin),
        brief.book.fact(area, whole, "", end, begin),
    )


def _shrank(brief: Brief, area: str, measure: str, spans: Sequence[tuple[str, str]]) -> bool:
    """Whether the whole is known to have shrunk in any window; of value added, only growth up to now is known."""
    if measure == "gva":
        growth = [brief.book.fact(area, "gva-growth", "", end, begin).value for begin, end in spans[-1:]]
        return any(each is not None and each < 0 for each in growth)
    whole = WHOLE["units" if measure == "units" else "jobs"]
    sizes = [[brief.book.fact(area, whole, "", year).value for year in span] for span in spans]
    return any(begin is not None and end is not None and end < begin for begin, end in sizes)


def _profile(brief: Brief, context: dict[str, Any]) -> dict[str, Any]:
    """What the area's creative work is made of, how diverse it is, and which regions are most like it."""
    regions = brief.release.at_level("regional")
    nearest = nearest_regions(brief, brief.area, regions)[:NEAREST] if brief.area in regions else []
    own = brief.book.fact(brief.area, "effective-sub-sectors", "all", brief.year, variant=brief.measure)
    more = {
        "effective": own,
        "nearest": [{"name": brief.spoken(code), "distance": fact} for code, fact in nearest],
        "profile_year": brief.year,
    }
    picture = Markup() if context["flows"] else mix(brief, context | more, "outlook", HALF if context["fan"] else WIDE)
    return {**more, "profile": picture}
