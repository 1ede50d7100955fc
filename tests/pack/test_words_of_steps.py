"""The words of recommendations over the whole bundled release: they differ where places differ."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict

import pytest

from reportgen.assessment.recommendations import Recommendation, adviser
from reportgen.assessment.rules import read_rules
from reportgen.classification import CREATIVE
from reportgen.document.advised import in_sentence, said
from reportgen.document.brief import Brief
from reportgen.facts.words import NUMBER_WORDS
from reportgen.resources import bundled
from tests.releases import Analysed

FEW = 6  # areas: where a rule fires in fewer, a third of them is no measure of variety
_NUMBER = re.compile(rf"[−+]?\d[\d.,]*|\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def texts(illustrative: Analysed) -> dict[str, dict[str, str]]:
    """Rule → area → all that it says there, with names and numbers blanked; also what a pack has no room for."""
    resources, release, classification = bundled(), illustrative.release, illustrative.classification
    ids = [part.id for part in classification.creative]
    rules = read_rules(resources.find("data/recommendations.toml"), [*ids, CREATIVE])
    spoken = tomllib.loads(resources.find("data/names.toml").read_text())["in_sentence"]
    called = [name for part in classification.creative for name in (part.name, part.short)]
    names = {*release.areas["name"], *spoken.values(), *called, *map(in_sentence, called)}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for area in release.packs():
        advice = adviser(release, illustrative.findings, rules, classification).advise(area)
        brief = illustrative.brief(area)
        for each in (*advice.recommendations, *advice.further):
            found[each.rule.id][area] = blanked(brief, each, names)
    return found


def blanked(brief: Brief, found: Recommendation, names: set[str]) -> str:
    text = " | ".join(each.plain for each in said(brief, found).values())
    partner = {found.partner.name} if found.partner else set()
    for name in sorted(names | partner, key=len, reverse=True):
        text = text.replace(name, "NAME")
    return _NUMBER.sub("NUMBER", text)


def test_no_text_of_a_rule_fits_more_than_a_third_of_the_places_where_it_fires(
    texts: dict[str, dict[str, str]],
) -> None:
    """A text that stands everywhere tells nobody what is so of the place."""
    often = {
        rule: max(Counter(found.values()).values()) / len(found) for rule, found in texts.items() if len(found) >= FEW
    }
    assert len(often) >= 10
    assert {rule: share for rule, share in often.items() if share > 1 / 3} == {}
