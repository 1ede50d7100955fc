"""Supply chain: who buys creative inputs, how much of the economy that is, and what others found about such buyers."""

from __future__ import annotations

from typing import Any

from reportgen.analysis.supply_chain import ALL, CLASSES, OTHER
from reportgen.document.brief import Brief
from reportgen.document.sections import charted
from reportgen.facts.fact import Fact

BARS, BUYERS = 7, 5  # industries drawn, and listed


def gather(brief: Brief) -> dict[str, Any] | None:
    codes = _industries(brief)
    suppliers = brief.classification.suppliers.get("creative", ())
    context: dict[str, Any] = brief.words | {
        "whole": _national(brief, "creative-input-share", ALL, "creative"),
        "others": _national(brief, "creative-input-share", OTHER, "creative"),
        "narrow": _national(brief, "creative-input-share", ALL, "narrow"),
        "partly": _national(brief, "creative-input-share", ALL, "partly-creative"),
        "bought": _national(brief, "creative-input-purchases", ALL, "creative"),
        "named": [brief.classification.industry(code) for code in brief.classification.suppliers.get("narrow", ())],
        "in_part": [
            brief.classification.industry(code) for code in brief.classification.suppliers.get("partly-creative", ())
        ],
        "multiplier": _national(brief, "output-multiplier", ALL, ""),
        "classes": [_class(brief, name) for name in CLASSES],
        "nation": brief.spoken(brief.release.info.national),
        "source": brief.source_line("input_output", "input_output_totals"),
    }
    context["flows"] = not context["whole"].known
    if not context["flows"]:
        shares = [(code, _national(brief, "creative-input-share", code, "creative")) for code in codes]
        buyers = [(code, fact) for code, fact in shares if code not in suppliers]
        context["best"] = max(buyers, key=lambda row: row[1].value or 0.0)[1] if buyers else None
        context["best_name"] = brief.classification.industry(context["best"].key[4]) if context["best"] else ""
    context["heading"] = brief.say("supply_chain", "heading", context).html
    if context["flows"]:
        return context
    named = [(start(brief, code), fact) for code, fact in buyers]
    context["figure"] = charted.ranked(
        brief, named, context, "supply_chain", "buyers", key="other", most=BARS, width_mm=174.0
    )
    context["rows"] = _largest(brief, codes)
    context["table_number"] = brief.next_table()
    context["classes_table_number"] = brief.next_table()
    return context


def start(brief: Brief, code: str) -> str:
    """The name of an industry as it stands alone."""
    name = brief.classification.industry(code)
    return name[:1].upper() + name[1:]


def _industries(brief: Brief) -> list[str]:
    """All industries of the table, in its order."""
    rows = brief.findings.rows("output-multiplier")
    return [str(code) for code in rows["other"] if code != ALL]


def _national(brief: Brief, indicator: str, buyer: str, variant: str) -> Fact:
    return brief.book.fact(brief.release.info.national, indicator, other=buyer, variant=variant)


def _class(brief: Brief, name: str) -> dict[str, Any]:
    """How many industries spend so much of their output on creative inputs, and their share of all output."""
    counted = {
        (indicator, buyers): _national(brief, indicator, buyers, f"creative.{name}")
        for indicator in ("industries-by-creative-inputs", "output-share-by-creative-inputs")
        for buyers in (ALL, OTHER)
    }
    return {"name": name, "facts": list(counted.values())}


def _largest(brief: Brief, codes: list[str]) -> list[dict[str, Any]]:
    """The industries that spend most on creative inputs, in pounds."""
    suppliers = brief.classification.suppliers.get("creative", ())
    rows: list[dict[str, Any]] = [
        {
            "name": start(brief, code),
            "creative": code in suppliers,
            "bought": _national(brief, "creative-input-purchases", code, "creative"),
            "share": _national(brief, "creative-input-share", code, "creative"),
            "narrow": _national(brief, "creative-input-share", code, "narrow"),
            "multiplier": _national(brief, "output-multiplier", code, ""),
        }
        for code in codes
    ]
    known = [row for row in rows if row["bought"].known]
    return sorted(known, key=lambda row: (-row["bought"].value, row["name"]))[:BUYERS]
