"""
Poster: the one-page infographic of a pack, in all of its formats: the findings of the headline page with a map and
small pictures. Its words are blocks of templates/sections/infographic.html, its sheet is templates/infographic.svg.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportgen.charts import chart, theme
from reportgen.charts.outlines import Extent
from reportgen.charts.poster import FORMATS, Claim, Content, laid_out
from reportgen.charts.poster_map import Place
from reportgen.charts.poster_sheet import Format
from reportgen.charts.poster_stories import Row, Series, Story
from reportgen.charts.render import patterns
from reportgen.document.brief import COUNT, QUOTIENT, TABLE, WHOLE, Brief
from reportgen.document.figures import marks_of
from reportgen.document.figures import rows as figure_rows
from reportgen.document.fixed import dated, fixed
from reportgen.document.voice import Said
from reportgen.facts import format as formats
from reportgen.facts.fact import Fact
from reportgen.facts.words import side

if TYPE_CHECKING:
    from reportgen.document.sections.headlines import Key

SECTION = "infographic"
CLAIMS = 2
CLAIMED: Mapping[str, tuple[str, ...]] = {  # beside the count: numbers of the headline page that its heading lacks
    "national": ("creative-share", "growth"),
    "regional": ("hotspots", "quotient-ex-london"),
    "local": ("quotient-ex-london", "creative-local-units"),
}
MOST = {"national": 14, "regional": 14, "local": 9}  # rows of places
KINDS = ("firm", "open", "depends", "own", "rest")  # of marks, as in the key
NAMED, NAMED_REST, LEAST_REST = 14, 6, 3  # places with their name: marked ones, and the largest others
FEW = 2  # places of which a map alone says little: it shows the country as well
SMALL = 0.3  # of the height of the country: a larger region would be no enlargement
MARGIN = 8_000.0  # metres of land round a region
BORDER = "#72A2CB"  # of land on navy: light, so that in grey no other mark is taken for land
SEA = "#0D3252"  # in an enlargement, on navy


@dataclass(frozen=True)
class Poster:
    """
    Args:
        sheets: name of a format → SVG. alt: what it says, with its facts marked; table: what it draws.
    """

    sheets: Mapping[str, str]
    alt: Said
    table: Sequence[chart.Row]

    @property
    def marks(self) -> dict[str, str]:
        """What its alternative text says, and which facts and fixed words stand in it."""
        return {"alt": self.alt.plain, **marks_of(self.alt)}


@dataclass(frozen=True)
class _Told:
    """A story with its words as they are said, and the facts of its picture."""

    title: Said
    note: Said
    story: Story
    rows: list[dict[str, Any]]
    ends: list[dict[str, Any]]
    facts: list[tuple[str, Fact]]

    @property
    def said(self) -> dict[str, Any]:
        return {"title": self.title.html, "note": self.note.html, "rows": self.rows, "ends": self.ends}


def poster(brief: Brief) -> Poster:
    """The infographic of a pack; one a pack."""
    from reportgen.document.sections import headlines

    context = headlines.speaks_of(brief) | _words(brief) | {"left_out": False, "untold": []}
    title = brief.say("headlines", "heading", context)
    keys = _keys(brief, headlines.keys(brief, context))
    claims = [
        (brief.say(SECTION, "figure", context | {"key": key}), brief.say(SECTION, "claim", context | {"key": key}))
        for key in keys
    ]
    stories = [story for story in (_what(brief, context), _change(brief, context), _among(brief, context)) if story]
    land = _map(brief)
    drawn = [place for place in land.places if place.value > 0 and place.code in brief.outlines.points]
    names = {kind: [place.name for place in drawn if place.kind == kind] for kind in KINDS}
    context |= _absent(brief, land) | {
        "lacks": land.lacks,
        "around": bool(land.around),
        "marked_names": [place.name for place in drawn if place.kind not in ("depends", "rest")],
        "depending_names": names["depends"],
    }
    kinds = [kind for kind in KINDS if names[kind]]
    context["alone"] = "rest" not in kinds
    limits = brief.say(SECTION, "limits", context)
    alt = brief.say(
        SECTION,
        "alt",
        context
        | {
            "title": title.html,
            "claims": [{"figure": figure.html, "words": words.html} for figure, words in claims],
            "told": [story.said for story in stories],
            "limits": limits.html,
        },
    )
    content = Content(
        head=brief.say(SECTION, "head", context).plain,
        mark=brief.say(SECTION, "mark", context).plain,
        title=title.plain,
        claims=tuple(Claim(figure.plain, words.plain) for figure, words in claims),
        stories=tuple(story.story for story in stories),
        limits=limits.plain,
        alt=alt.plain,
        key=tuple((kind, brief.say(SECTION, f"key_{kind}", context).plain) for kind in kinds),
        places=land.places,
        outlines=brief.outlines if land.extent else None,
        extent=land.extent,
        shape=land.shape,
        around=land.around,
        country=land.country,
    )
    shown = [(words.plain, key.fact) for (_, words), key in zip(claims, keys, strict=True)]
    shown += [(place.name, _count(brief, place.code)) for place in land.places]
    shown += [fact for story in stories for fact in story.facts]
    return Poster({form.name: _sheet(brief, content, form) for form in FORMATS}, alt, figure_rows(shown))


def _words(brief: Brief) -> dict[str, Any]:
    info, settings = brief.release.info, brief.settings
    return {
        "series": fixed(settings.series, "setting"),
        "area_name": brief.name,
        "release_title": fixed(info.title, "source"),
        "revision": fixed(str(info.revision), "code"),
        "status": info.status,
        "watermark": brief.material.watermark,
        "publisher": fixed(settings.own_publisher, "setting"),
        "licence": fixed(settings.licence, "setting"),
        "source": brief.source_line(TABLE[brief.measure], "boundaries"),
        "first_year": dated(brief.years(brief.measure)[0]),
        "lines_of": brief.spoken(brief.subject),
    }


def _keys(brief: Brief, keys: list[Key]) -> list[Key]:
    known = [
        key
        for name in (COUNT[brief.measure], *CLAIMED[brief.kind])
        for key in keys
        if key.id == name and key.fact.known
    ]
    return [key for key in known if key.id != "hotspots" or brief.release.at_level("local")][:CLAIMS]


def _row(label: str, fact: Fact, bright: bool, own: bool) -> Row:
    text = formats.cell(fact.value, fact.status, fact.unit, fact.digits)
    drawn = fact.printed
    return Row(label, text, drawn.value, drawn.low, drawn.high, bright, own)


def _of_rows(title: Said, note: Said, kind: Any, rows: list[tuple[str, Fact, bool, bool]]) -> _Told:
    story = Story(title.plain, note.plain, kind, tuple(_row(*row) for row in rows))
    told = [{"label": label, "fact": fact} for label, fact, *_ in rows]
    return _Told(title, note, story, told, [], [(label, fact) for label, fact, *_ in rows])


def _what(brief: Brief, context: Mapping[str, Any]) -> _Told | None:
    """The sub-sectors: by size in the national report, else by quotient."""
    national = brief.kind == "national"
    indicator = COUNT[brief.measure] if national else QUOTIENT[brief.measure]
    facts = [(brief.short(part), brief.fact(indicator, part)) for part in brief.sub_sectors]
    known = sorted((row for row in facts if row[1].known), key=lambda row: (-(row[1].value or 0.0), row[0]))
    if not known:
        return None
    rows = [
        (label, fact, place == 0 if national else side(fact, 1) == "above", not national)
        for place, (label, fact) in enumerate(known)
    ]
    rows += [(label, fact, False, not national) for label, fact in facts if not fact.known]
    title = brief.say("headlines", "what_title", context)
    note = brief.say(SECTION, "sizes_note" if national else "quotients_note", context)
    return _of_rows(title, note, "bars" if national else "dots", rows)


def _among(brief: Brief, context: Mapping[str, Any]) -> _Told | None:
    """The place among its peers, in the national report all regions; nothing where it lies in no region to rank it."""
    if brief.kind == "local" and not brief.regions:
        return None
    indicator = QUOTIENT[brief.measure]
    codes = brief.release.at_level("regional") if brief.kind == "national" else brief.peers
    facts = [(code, brief.release.name_of(code), brief.fact(indicator, "all", area=code)) for code in codes]
    known = sorted((row for row in facts if row[2].known), key=lambda row: (-(row[2].value or 0.0), row[1]))
    if len(known) < 2:
        return None
    more = dict(context) | {"ranked": [{"name": name, "fact": fact} for _, name, fact in known], "rank": None}
    if brief.area in codes and not brief.custom:
        own = brief.fact(indicator, "all", area=brief.area)
        more |= {
            "rank": brief.rank(brief.measure),
            "ranked_areas": brief.ranked_areas(brief.measure),
            "tied": any(fact.value == own.value for code, _, fact in known if code != brief.area),
        }
    kept = known[: MOST[brief.kind]]
    kept += [row for row in known[len(kept) :] if row[0] == brief.area]
    national = brief.kind == "national"
    rows = [
        (name, fact, side(fact, 1) == "above" if national else code == brief.area, code == brief.area)
        for code, name, fact in kept
    ]
    title = brief.say(SECTION, "among_title", more)
    unknown = [row for row in facts if not row[2].known]
    more |= {
        "left_out": len(kept) < len(known),
        "untold": [name for _, name, _ in unknown],
        "untold_count": brief.tally("poster-untold", [fact for *_, fact in unknown]),
    }
    note = brief.say(SECTION, "quotients_note", more)
    return _of_rows(title, note, "dots", rows)


def _change(brief: Brief, context: Mapping[str, Any]) -> _Told | None:
    """Creative work and all work as lines; nothing where there is no past, or the first year is not known."""
    years = brief.years(brief.measure)
    if len(years) < 2:
        return None
    series, ends, facts = [], [], []
    for name, indicator, part, growth in (
        ("creative", f"{COUNT[brief.measure]}-index", "all", "creative-jobs-growth"),
        ("all", f"{WHOLE[brief.measure]}-index", "", "jobs-growth"),
    ):
        line = [brief.fact(indicator, part, year=year, other=years[0]) for year in years]
        if not line[0].known or sum(fact.known for fact in line) < 2:
            continue
        label = brief.say(SECTION, f"line_{name}", context)
        rate = brief.growth(brief.subject, growth) if brief.measure == "jobs" else None
        last = next(fact for fact in reversed(line) if fact.known)
        text = brief.say(SECTION, "line_end", dict(context) | {"last": last, "rate": rate})
        values, own = tuple(fact.printed.value for fact in line), name == "creative"
        low, high = last.printed.low, last.printed.high
        interval = (low, high) if own and low is not None and high is not None else None
        unsure = interval is not None and side(last, 100) == "open"
        series.append(Series(label.plain, text.plain, values, own, interval, unsure))
        ends.append({"label": label.html, "text": text.html})
        facts += [(label.plain, fact) for fact in line]
    if not series:
        return None
    told = dict(context) | {
        "intervals": any(each.interval for each in series),
        "open_ends": any(each.open for each in series),
    }
    title, note = brief.say("headlines", "change_title", told), brief.say(SECTION, "lines_note", told)
    story = Story(title.plain, note.plain, "lines", series=tuple(series), ends=(years[0], years[-1]))
    return _Told(title, note, story, [], ends, facts)


def _count(brief: Brief, code: str) -> Fact:
    return brief.fact(COUNT[brief.measure], "all", area=code)


@dataclass(frozen=True)
class _Map:
    """
    Local areas as places, what the map shows, the land it is about and the land of areas that reach beyond it; an
    extent round it, if it holds few places; what it lacks, if there can be none.
    """

    places: tuple[Place, ...] = ()
    extent: Extent | None = None
    shape: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    country: Extent | None = None
    lacks: str = ""  # outlines, or the number of what it is about


def _map(brief: Brief) -> _Map:
    release = brief.release
    region = brief.area if brief.kind != "local" else brief.rank_group
    national = brief.kind == "national"
    codes = release.at_level("local") if national else [member.code for member in brief.members_of(region)]
    shape = [] if national else list(release.outline_of(region))
    if not (release.boundaries and codes and (shape or national)):
        return _Map(lacks="outlines")
    drawn = [code for code in codes if code in brief.outlines.points and (_count(brief, code).value or 0.0) > 0]
    if not drawn or (brief.kind == "local" and brief.area not in drawn):
        return _Map(lacks="number")
    places = tuple(_places(brief, region, codes))
    if national:
        return _Map(places, brief.outlines.extent())
    extent = brief.outlines.extent([*shape, *codes], MARGIN)  # areas that cross the border lie in it in part
    around = tuple(code for code in codes if code in brief.outlines.rings and code not in shape)
    country = brief.outlines.extent()
    small = math.dist(extent[:2], extent[2:]) <= SMALL * (country.north - country.south)
    return _Map(places, extent, tuple(shape), around, country if small and len(codes) <= FEW else None)


def _places(brief: Brief, region: str, codes: list[str]) -> list[Place]:
    """Every local area; those to be named come first, the foremost at the head."""
    from reportgen.document.sections import national_maps, pictures

    national = brief.kind == "national"
    spots = [brief.area] if brief.kind == "local" else pictures.hotspots(brief, region)
    ringed = national_maps.told_apart(brief, spots)["ringed"] if national else []
    sizes = {code: _count(brief, code) for code in codes}
    others = sorted((code for code in codes if code not in spots), key=lambda code: (-(sizes[code].value or 0.0), code))
    named = [*spots[:NAMED], *([] if national else others[: max(NAMED_REST - len(spots), LEAST_REST)])]
    order = [*named, *(code for code in codes if code not in named)]
    return [
        Place(
            code,
            brief.release.name_of(code),
            sizes[code].printed.value or 0.0,
            _kind(brief, code, spots, ringed),
            code in named,
        )
        for code in order
        if code in sizes
    ]


def _kind(brief: Brief, code: str, spots: list[str], ringed: list[str]) -> str:
    """
    How a place is marked: the pack's own, a hotspot, one whose interval includes the national share, or not; in the
    national report as on its map of hotspots, with a ring where most rules do not select it.
    """
    if code in ringed:
        return "depends"
    if brief.kind == "national" and code in spots:
        return "firm"
    if code not in spots:
        return "rest"
    if brief.kind == "local":
        return "own"
    quotient = brief.fact("location-quotient", "all", area=code, year=brief.years("jobs")[-1])
    return "open" if side(quotient, 1) == "open" else "firm"


def _absent(brief: Brief, land: _Map) -> dict[str, Fact]:
    """How many areas the map lacks, and how many have no circle."""
    counts = {place.code: _count(brief, place.code) for place in land.places}
    off = [fact for code, fact in counts.items() if code not in brief.outlines.points]
    blank = [fact for code, fact in counts.items() if code in brief.outlines.points and not fact.known]
    return {"off_map": brief.tally("poster-off-map", off), "blank": brief.tally("poster-blank", blank)}


def _sheet(brief: Brief, content: Content, form: Format) -> str:
    """One format of it as SVG, in the colours of the team."""
    palette, illustrative = brief.material.palette, brief.release.info.illustrative
    sheet = laid_out(content, form, brief.fonts, strip=illustrative)
    svg = brief.voice.render(
        "infographic.svg",
        sheet=sheet,
        width=round(form.width, 1),
        height=round(form.height, 1),
        title=content.title,
        alt=content.alt,
        strip=illustrative,
        accent=palette.on_navy,
        navy=theme.NAVY,
        land_colour=theme.LAND_ON_NAVY,
        border=BORDER,
        sea=SEA,
        font=theme.FONT,
    )
    return palette.applied(patterns("".join(line.strip() for line in str(svg).split("\n")) + "\n"))
