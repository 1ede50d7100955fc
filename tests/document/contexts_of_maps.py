"""Contexts of maps: what the templates of the infographic and of the national maps are given."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.document.contexts import PLACES, growth, standing, words
from tests.made import fact, facts


@st.composite
def infographic(draw: st.DrawFn) -> dict[str, Any]:
    context = draw(standing())
    ranked = [{"name": name, "fact": draw(facts("ratio", known=True))} for name in PLACES[:3]]
    return context | {
        "ranked": ranked if context["kind"] == "national" else [],
        "left_out": draw(st.booleans()),
        "untold": list(PLACES[: (unknown := draw(st.integers(0, 4)))]),
        "untold_count": fact(unknown, "areas"),
        **{case: draw(st.booleans()) for case in ("alone", "around", "intervals", "open_ends")},
        "around": draw(st.booleans()),
        "marked_names": list(PLACES[: draw(st.integers(0, 3))]),
        "depending_names": list(PLACES[: draw(st.integers(0, 2))]),
        "off_map": fact(draw(st.sampled_from((0, 1, 2, 17))), "areas"),
        "blank": fact(draw(st.sampled_from((0, 1, 2, 17))), "areas"),
        "lacks": draw(st.sampled_from(("", "outlines", "number"))),
        "last": draw(facts("number", known=True)),
        "rate": draw(st.one_of(st.none(), growth())),
        "intervals": draw(st.booleans()),
        "open_ends": draw(st.booleans()),
        "lines_of": context["name"],
        "publisher": "",
        "licence": "",
        "source": "an office, its survey",
        "release_title": "A release",
        "revision": "1",
        "status": "provisional",
        "the_share": "the national share",
    }


@st.composite
def hotspot_map(draw: st.DrawFn) -> dict[str, Any]:
    """Hotspots that most rules select and others, places that depend on the rule, and areas without a number."""
    context = draw(words(("national",)))
    names = list(PLACES[: draw(st.integers(0, len(PLACES)))])
    firm = names[: draw(st.integers(0, len(names)))]
    others = list(PLACES[len(names) : len(names) + draw(st.integers(0, 2))])
    loose = names[len(firm) :]
    return context | {
        "count": fact(len(names) if names or draw(st.booleans()) else None, "areas"),
        "firm_count": fact(len(firm), "areas"),
        "firm_names": firm,
        "loose_names": loose,
        "other_names": others,
        "ringed": loose,
        "lens": draw(st.booleans()),
        "untold": list(PLACES[: draw(st.integers(0, 2))]),
        "off_map": list(PLACES[: draw(st.integers(0, 2))]),
        "signs": list(PLACES[: draw(st.integers(0, 2))]),
    }


@st.composite
def places(draw: st.DrawFn) -> dict[str, Any]:
    """How many places lie above, below, on both sides, or have no number; and the same for a few sub-sectors."""
    context = draw(words(("national",)))
    above = list(PLACES[: draw(st.integers(0, len(PLACES)))])
    counts = {kind: draw(st.sampled_from((0, 1, 72))) for kind in ("open", "below", "suppressed", "missing")}
    counts |= {"above": len(above), "not-applicable": 0}
    told = sum(counts[kind] for kind in ("above", "open", "below"))
    there = draw(st.integers(1, len(above))) if above and draw(st.booleans()) else 0
    names = ("Film and TV", "IT and software", "Advertising", "Music and arts")
    parts = [{"name": name, "count": fact(draw(st.sampled_from((0, 1, 7))), "areas")} for name in names]
    most = max(part["count"].value for part in parts)
    return context | {
        "above_names": above,
        "counts": {kind: fact(number, "areas") for kind, number in counts.items()},
        "known": fact(told, "areas"),
        "foremost": "the South East" if there else "",
        "in_foremost": fact(there, "areas"),
        "no_number": {kind: list(PLACES[: counts[kind]]) for kind in ("suppressed", "missing", "not-applicable")},
        "off_map": list(PLACES[: draw(st.integers(0, 2))]),
        "lens": draw(st.booleans()),
        "filled": draw(st.booleans()),
        "hollow": draw(st.booleans()),
        "others": fact(draw(st.sampled_from((1, 2, 7))), "areas"),
        "parts": parts,
        "most": [part for part in parts if most and part["count"].value == most],
    }
