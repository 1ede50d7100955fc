"""
Asked: what a template of a team's own asks for by id: `fact`, `chart`, `table`.
Chooses the kind of chart by what differs among the facts; their titles are the team's, all other words are ours, from
`templates/components/asked.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from reportgen.analysis.findings import BY_ID
from reportgen.charts import theme
from reportgen.charts.bars import ranked_bars
from reportgen.charts.dots import lq_dots
from reportgen.charts.lines import year_line
from reportgen.charts.signs import signs
from reportgen.classification import CREATIVE
from reportgen.document.figures import against, rows, show
from reportgen.document.fixed import dated
from reportgen.document.voice import Said
from reportgen.facts import format as formats
from reportgen.facts.asking import Asking, Series, Whose, refused
from reportgen.facts.fact import Fact
from reportgen.wording import word

if TYPE_CHECKING:
    from reportgen.document.brief import Brief

WORDS = "components/asked.html"
MOST_BARS = 20
LEAST_YEARS = 2
NO_LENGTH = ("rank", "yes or no")  # units of measure that a bar or line would misrepresent


def asking(brief: Brief) -> Asking:
    """What ids mean in a pack: its own area, its region, its peers."""
    return Asking(
        brief.findings,
        Whose(
            subject=brief.subject,
            areas={"benchmark": brief.benchmark, "region": brief.rank_group},
            peers=brief.peers,
            sub_sectors=brief.sub_sectors,
            preferred=(brief.growth_base, brief.base_year, brief.rank_group, brief.measure),
            names=dict(brief.release.areas["name"]),
        ),
    )


class Answers:
    """The functions of one own section, for one pack; remembers how many charts it has shown."""

    def __init__(self, brief: Brief, section: str) -> None:
        self._brief, self._section, self._charts = brief, section, 0
        self._asking = asking(brief)

    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        return {"fact": self._asking.one, "chart": self.chart, "table": self.table}

    def chart(self, id: str, *, title: str) -> Markup:
        """
        A figure of the facts of an id with one `*`: areas as ranked bars, sub-sectors as dots (quotients) or as bars,
        years as a line. A sentence instead where too little is known to draw.
        Args:
            title: the finding, as a text or as what `{% set title %}` gathers, with its facts.
        Raises: ConfigurationError: the id is not there or has no length, or the title is empty.
        """
        series = self._asking.many(id)
        if not str(title).strip():
            raise refused(
                id, "asks for a chart without a title", 'say what it shows: title="…"', "a chart is a finding"
            )
        if series.facts[0].unit in NO_LENGTH:
            raise refused(id, "cannot be drawn", "ask for a table of it", f"a {series.facts[0].unit} has no length")
        facts = self._labelled(series)
        kind = _kind(series)
        context = self._context(series, facts, kind)
        if len(context["known"]) < (LEAST_YEARS if kind == "line" else 1):
            return self._brief.voice.part(WORDS, "nothing", context).html
        said = Said(Markup.escape(title))
        subtitle, alt = (self._brief.voice.part(WORDS, f"{kind}_{part}", context) for part in ("subtitle", "alt"))
        self._charts += 1
        chart = self._draw(series, facts, kind)(
            name=f"{self._section}-{self._charts}",
            title=said.plain,
            subtitle=subtitle.plain,
            alt=alt.plain,
            source=context["source"],
        )
        note = self._brief.voice.part(WORDS, f"{kind}_note", {**context, "drawn": signs(chart.spec)})
        return show(self._brief, chart, said, subtitle, alt, note.html)

    def table(self, id: str, *, caption: str) -> Markup:
        """
        A numbered table of the facts of an id with one `*`, each with its interval; areas largest or best first.
        Raises: ConfigurationError: the id is not there, or the caption is empty.
        """
        series = self._asking.many(id)
        if not str(caption).strip():
            raise refused(
                id, "asks for a table without a caption", 'say what it shows: caption="…"', "a table is a finding"
            )
        facts = self._labelled(series)
        if series.along == "area":
            first = 1 if series.facts[0].unit == "rank" else -1  # the first of a ranking is the smallest number
            facts.sort(key=lambda row: (not row[1].known, first * (row[1].value or 0.0), row[0]))
        context = self._context(series, facts, "table")
        context |= {"caption": caption, "number": self._brief.next_table()}
        return self._brief.voice.part(WORDS, "table", context).html

    def _labelled(self, series: Series) -> list[tuple[str, Fact]]:
        names: dict[str, Callable[[Fact], str]] = {  # of rows
            "area": lambda fact: self._brief.release.name_of(fact.key[0]),
            "sub_sector": lambda fact: self._brief.full(fact.key[2]),
            "year": lambda fact: dated(fact.key[3]),
        }
        return [(names[series.along](fact), fact) for fact in series.facts]

    def _context(self, series: Series, facts: list[tuple[str, Fact]], kind: str) -> dict[str, Any]:
        """What the words about a chart or table speak of."""
        first, brief = series.facts[0], self._brief
        area, indicator, sub_sector, year, other, _ = first.key
        known = [row for row in facts if row[1].known]
        if kind != "line":
            known.sort(key=lambda row: (-(row[1].value or 0.0), row[0]))
        return brief.words | {
            "along": series.along,
            "indicator": BY_ID[indicator],
            "area": brief.spoken(area),
            "part": brief.full(sub_sector) if sub_sector not in ("", CREATIVE) else "",
            "year": dated(year),
            "last_year": dated(series.facts[-1].key[3]),
            "other": _spoken_other(brief, other),
            "rows": facts,
            "known": known,
            "known_count": brief.tally("known", [fact for _, fact in known]),
            "unknown": [row for row in facts if not row[1].known],
            "most": MOST_BARS,
            "source": brief.source_line(
                *dict.fromkeys(table for fact in series.facts for table in fact.source.split(";"))
            ),
        }

    def _draw(self, series: Series, facts: list[tuple[str, Fact]], kind: str) -> Callable[..., Any]:
        fonts, first = self._brief.fonts, series.facts[0]
        if kind == "line":  # one series, named by its area
            facts = [(self._brief.release.name_of(fact.key[0]), fact) for _, fact in facts]
        table = rows(facts)

        def tick(value: float) -> str:
            shares = first.unit in formats.PARTS_OF_ONE
            return formats.number(value, first.unit, first.digits, cell=True) if shares else theme.tick(value)

        if kind == "dots":
            return partial(
                lq_dots,
                table,
                fonts=fonts,
                words={"reference": word("line.benchmark").format(benchmark=self._brief.benchmark_name)},
            )
        if kind == "line":
            return partial(year_line, table, fonts=fonts, reference=_reference(first), tick=tick, width_mm=174)
        own = [fact.key[0] for _, fact in facts if series.along == "area" and fact.key[0] == self._brief.subject]
        line = against(self._brief.benchmark_name, first) if series.along == "area" else {}
        return partial(
            ranked_bars,
            table,
            fonts=fonts,
            key=series.along,
            subject=own,
            most=MOST_BARS,
            tick=tick,
            width_mm=174,
            **line,
        )


def _kind(series: Series) -> str:
    if series.along == "year":
        return "line"
    quotients = series.facts[0].unit == "ratio" and series.along == "sub_sector"
    return "dots" if quotients else "bars"


def _reference(fact: Fact) -> float:
    """The line that values are held against: the whole's quotient, the base of an index, or nothing at all."""
    return {"ratio": 1.0, "index": 100.0}.get(fact.unit, 0.0)


def _spoken_other(brief: Brief, other: str) -> str:
    """The fifth part of an id in words: a year as it is, an area by its name."""
    return brief.spoken(other) if other in brief.release.areas.index else dated(other)
