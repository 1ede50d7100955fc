"""
A team makes the packs its own without touching code: the example of docs/own-material.md, built as it stands there,
with a logo and a threshold of the team's own.
"""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reportgen.assessment.rules import TEXTS
from reportgen.errors import ConfigurationError
from reportgen.pack.model import Pack
from reportgen.resources import Resources, bundled, with_own
from reportgen.settings import Settings
from tests.pack.reading import pages_of, pdf_of, rows_of
from tests.releases import Analysed, words

BRISTOL, BATH, SOUTH_WEST, BELFAST = "E30000180", "E30000165", "E12000009", "N12000002"
LOGO = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">
      <title>Harbour Institute</title>
      <path d="M4 28a16 16 0 0 1 32 0z" fill="#00703C"/><rect x="4" y="31" width="32" height="4" fill="#12436D"/>
      <g fill="none" stroke="#12436D" stroke-width="5"><path d="M50 10V34M50 22H66M66 10V34M84 10V34"/></g>
    </svg>
"""
Branded = Callable[..., Pack]


@pytest.fixture(scope="session")
def example(root: Path) -> list[str]:
    """The blocks of code of the document: settings, section, rules."""
    return re.findall(r"```\w+\n(.*?)```", (root / "docs" / "own-material.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory, example: list[str]) -> Resources:
    """A working folder with the team's files, before what came with reportgen."""
    folder = tmp_path_factory.mktemp("own")
    for part in ("templates/sections", "data"):
        (folder / part).mkdir(parents=True)
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    (folder / "templates" / "sections" / "skills.html").write_text(example[1], encoding="utf-8")
    (folder / "data" / "recommendations.toml").write_text(example[2], encoding="utf-8")
    return with_own(folder, bundled(), [Path("logo.svg")])


@pytest.fixture(scope="session")
def settings(example: list[str]) -> Settings:
    return Settings.model_validate(tomllib.loads(example[0]) | {"hotspot": {"creative_units": 400}})


@pytest.fixture(scope="session")
def branded(illustrative: Analysed, own: Resources, settings: Settings) -> Branded:
    """Packs in the team's own dress, each built once."""
    return lambda area: illustrative.pack(area, settings, own)


def links_of(pack: Pack) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf_of(pack))) as pdf:
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


@pytest.mark.slow
@pytest.mark.parametrize("area", [BRISTOL, SOUTH_WEST, BELFAST])
def test_a_branded_pack_passes_the_check(
    branded: Branded, illustrative: Analysed, settings: Settings, area: str
) -> None:
    """Accessible, only known links, the watermark in words on every page and figure."""
    assert [] == illustrative.problems(branded(area), settings)


def test_every_page_says_what_it_is(branded: Branded) -> None:
    cover, *pages = pages_of(branded(BRISTOL))
    assert all("DRAFT" in page and "ILLUSTRATIVE DATA" in page for page in (cover, *pages))
    assert all("Bristol · Creative places" in page for page in pages)
    assert "Harbour Institute" in cover
    assert "Work in progress. Nothing here is advice on a single business." in cover


def test_the_methods_say_how_to_cite_reuse_and_answer(branded: Branded) -> None:
    methods = "".join("".join(pages_of(branded(BRISTOL))).split())  # long addresses are broken into lines
    for said in (
        "Harbour Institute: Creative places, Bristol, release illustrative-2024, revision 1",
        "Please write to the places team, places@harbour.example.",
        "What should be better, please send to https://harbour.example/feedback.",
        "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/. Data, names and boundaries: under the licences",
        "Disclaimer Work in progress.",
        "at least 400 creative local units",
    ):
        assert said.replace(" ", "") in methods
    assert {
        "mailto:places@harbour.example",
        "https://harbour.example/feedback",
        "https://creativecommons.org/licenses/by/4.0/",
    } == links_of(branded(BRISTOL))


def test_the_own_colour_is_everywhere_and_ours_nowhere(branded: Branded) -> None:
    """On the pages, whose styles are set as they are printed, and in each exported figure."""
    pack = branded(BRISTOL)
    figures = {path: data.decode() for path, data in pack.files.items() if path.endswith(".svg")}
    assert "#1D70B8" in figures["figures/headlines-map.svg"]
    assert not [path for path, svg in figures.items() if re.search("#F46A25|#A8400B", svg)]


def test_an_own_section_has_charts_and_tables_like_ours(branded: Branded) -> None:
    """Numbered in the order of the pages, with data, picture, alternative text and source."""
    pack = branded(SOUTH_WEST)
    names = [path for path in pack.files if path.startswith("figures/skills")]
    assert ["figures/skills-1.svg", "figures/skills-2.svg", "figures/skills-3.svg"] == sorted(names)
    rows = rows_of(pack, "data.csv")
    assert 9 == len([row for row in rows if row["figure"] == "skills-1"])
    assert {"location-quotient-units"} == {row["indicator"] for row in rows if row["figure"] == "skills-3"}
    page = " ".join(pages_of(pack)[2:8])
    assert "Figure 2 Where the skills are Location quotient, jobs, the South West, 2024; Great Britain = 1" in page
    assert "Table 1 Creative local units by sub-sector Creative local units, the South West, 2024" in page
    assert 'alt="Location quotient, jobs by sub-sector, highest first: ' in pack.html


def test_where_nothing_is_known_an_own_section_says_so(branded: Branded) -> None:
    """Belfast has no jobs: a sentence instead of a picture, and no number that is not there."""
    page = " ".join(pages_of(branded(BELFAST))[2:4])
    assert "The release has no figures on jobs (2024)." in page
    assert "No picture here: too little is known of this (Location quotient, jobs)." in page


def test_an_own_rule_follows_with_its_evidence(branded: Branded) -> None:
    page = next(text for text in pages_of(branded(BRISTOL)) if "One step follows from firm evidence" in text)
    assert "Maximise existing clusters Back the places that lead before founding new ones" in page
    assert "The rule asks for a lower end above 1." in page
    assert "Combined authority, with the councils" in page
    facts = {row["id"] for row in rows_of(branded(BRISTOL), "facts.csv")}
    assert f"{BRISTOL}/location-quotient-units/all/2024/-/-" in facts


def test_where_no_rule_follows_one_sentence_says_so(branded: Branded) -> None:
    page = next(
        text for text in pages_of(branded(BELFAST))[2:] if "No step follows from the evidence on Belfast" in text
    )
    assert "The rule that is asked here does not hold: a condition is not met" in page


@pytest.mark.parametrize(
    ("line", "row", "what", "fix"),
    [
        (
            "{{ num(fact('creative-job')) }}",
            2,
            "the id 'creative-job' names no indicator: creative-job",
            "take an indicator from dictionary.csv, which `reportgen analyse` writes (did you mean creative-jobs?)",
        ),
        (
            "{{ chart('location-quotient/craft/*', title='T') }}",
            2,
            "the id 'location-quotient/craft/*' names no sub-sector: craft",
            "write one that is there (did you mean crafts?)",
        ),
        (
            "{{ chart('location-quotient/*', title=' ') }}",
            2,
            "the id 'location-quotient/*' asks for a chart without a title",
            'say what it shows: title="…"',
        ),
        (
            "{{ chart('*/hotspot-rank', title='T') }}",
            2,
            "the id '*/hotspot-rank' cannot be drawn",
            "ask for a table of it",
        ),
        (
            "{{ num(fact('creative-jobs')) }}",
            2,
            "the template says a number that is not known: N12000002/creative-jobs/all/2024/-/- has no value (missing)",
            "ask first: {% if FACT.known %} … {% else %} {{ FACT.reason }} {% endif %}",
        ),
        (
            "{{ nam }}",
            2,
            "the template cannot be filled in: 'nam' is undefined",
            "correct it; docs/own-material.md has an example",
        ),
    ],
    ids=["indicator", "sub-sector", "title", "rank", "not known", "undefined"],
)
def test_what_a_template_gets_wrong_is_told_with_its_line(
    illustrative: Analysed, own: Resources, settings: Settings, tmp_path: Path, line: str, row: int, what: str, fix: str
) -> None:
    """An own template that asks for what is not there, in the pack of Belfast, which has no jobs."""
    folder = shutil.copytree(own.roots[0], tmp_path / "own")
    template = folder / "templates" / "sections" / "skills.html"
    template.write_text("{% block name %}Skills{% endblock %}{% block body %}\n" + line + "{% endblock %}", "utf-8")
    resources = with_own(folder, bundled(), [Path("logo.svg")])
    with pytest.raises(ConfigurationError) as caught:
        illustrative.written(BELFAST, settings, resources)
    [problem] = caught.value.problems
    assert (what, fix) == (problem.what, problem.fix)
    assert ("templates/sections/skills.html", row) == (problem.file, problem.row)


def test_a_rule_about_what_is_not_measured_here_is_passed_over(illustrative: Analysed, tmp_path: Path) -> None:
    """Only local areas can be hotspots, so a rule on them says nothing of a region."""
    texts = "\n".join(f'{name} = "Words"' for name in TEXTS)
    when = 'when = [{ indicator = "hotspot", bound = "value", is = "at-least", number = 1 }]'
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "recommendations.toml").write_text(
        f'[[rule]]\nid = "spot"\n{texts}\n{when}\n', encoding="utf-8"
    )
    resources = with_own(tmp_path, bundled())
    for area, follows in ((BRISTOL, True), (SOUTH_WEST, False)):
        assert follows == ("One step follows from" in words(illustrative.written(area, resources=resources).html))
