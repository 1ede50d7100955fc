"""No sentence of ours claims a cause, and a team's own that does is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from reportgen.assessment.rules import TEXTS, read_rules
from reportgen.assessment.wording import causal
from reportgen.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Clusters lead to growth.", ["lead to"]),
        ("A hub creates jobs, thanks to its rents.", ["creates jobs", "thanks to"]),
        ("It grew because\n  of the university.", ["because of"]),
        ("Due to this, it Boosts what it DRIVES.", ["Due to", "Boosts", "DRIVES"]),
        ("Growth results in rents; rents caused moves.", ["results in", "caused"]),
        ("Hotspots promote innovation.", ["promote"]),
        (
            "Growth goes with graduates. Lead officers are named; the drivers' union is a cause for joy.",
            ["drivers", "cause"],
        ),
        ("Things found together need not cause one another. No test says what causes what.", []),
        ("Lend to studios that are driven-in, in dual tolerance.", ["driven"]),
        ("The lead is kept; results are printed; a boosted-sample is asked for.", ["boosted"]),
        ("The lead is kept; results are printed.", []),
    ],
)
def test_words_that_claim_a_cause_are_found(text: str, found: list[str]) -> None:
    """Over line breaks and in any case; what denies a cause does not claim it."""
    assert found == causal(text)


def test_no_template_claims_a_cause(root: Path) -> None:
    """Comments aside, which nobody reads on a page."""
    folder = root / "templates"
    texts = {
        path: re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for path in folder.rglob("*.html")
    }
    assert {} == {
        path.relative_to(folder).as_posix(): causal(text) for path, text in sorted(texts.items()) if causal(text)
    }
    assert texts


def test_no_reason_claims_a_cause(root: Path) -> None:
    """Why a value is not there is said by functions, whose docstrings are sentences of pages, too."""
    for path in sorted((root / "src" / "reportgen" / "analysis" / "reasons").glob("*.py")):
        assert [] == causal(path.read_text(encoding="utf-8")), path.name


def test_no_toml_of_ours_claims_a_cause(root: Path) -> None:
    """But for what is quoted, which is another's."""
    register = tomllib.loads((root / "data" / "claims.toml").read_text(encoding="utf-8"))
    ours = [test.get("called", "") for claim in register["claim"] for test in claim.get("sensitivity", [])]
    ours += [claim["tested"] for claim in register["claim"]]
    ours += [
        (root / "data" / name).read_text(encoding="utf-8")
        for name in ("recommendations.toml", "groups.toml", "names.toml")
    ]
    assert [] == [found for text in ours for found in causal(text)]


def test_neither_the_example_of_a_new_folder_nor_the_guide_claims_a_cause(root: Path) -> None:
    """People copy them."""
    files = [
        path for path in sorted((root / "data" / "example").rglob("*")) if path.suffix in (".toml", ".html", ".md")
    ]
    assert files
    for path in files:
        assert [] == causal(path.read_text(encoding="utf-8")), path.name
    blocks = re.findall(
        r"```toml\n(.*?)```", (root / "docs" / "own-material.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert [] == [found for block in blocks for found in causal(block)]


def test_a_teams_own_rule_that_claims_a_cause_is_refused_with_what_to_say(tmp_path: Path) -> None:
    """In each of its texts."""
    for name in TEXTS:
        texts = "\n".join(f'{each} = "{"It boosts jobs" if each == name else "Words"}"' for each in TEXTS)
        when = 'when = [{ indicator = "hotspot", bound = "value", is = "at-least", number = 1 }]'
        path = tmp_path / "recommendations.toml"
        path.write_text(f'[[rule]]\nid = "grow"\n{texts}\n{when}', encoding="utf-8")
        with pytest.raises(ConfigurationError) as caught:
            read_rules(path, [])
        assert [
            "error[causal-wording]: rule grow." + name + " claims a cause\n"
            "  data/recommendations.toml   boosts\n"
            "  why: no finding here tests what brings something about\n"
            "  fix: say what is found together, such as: it goes with"
        ] == [problem.as_text() for problem in caught.value.problems]
