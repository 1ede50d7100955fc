"""A run makes the packs that were chosen; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.batch import plan
from reportgen.batch.check import check
from reportgen.batch.run import How, Outcome, run
from reportgen.batch.work import write_findings
from reportgen.errors import ConfigurationError, SystemMissingError, UsageError
from reportgen.release.model import Release
from reportgen.resources import bundled, with_own
from reportgen.settings import OwnSection, Settings
from tests.batch import fakes

Make = Callable[..., Outcome]
ALL = ["K02000001", "E12000007", "E12000009", "E30000234", "E30000180", "E30000165"]
MANIFEST = {"datapackage.json", "catalogue.json", "SHA256SUMS"}
OTHERS = [area for area in ALL if area != fakes.BATH]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_packs_are_written_with_the_manifest_beside_them(make_packs: Make, written: Path) -> None:
    """The outcome lists areas in the order of the plan, and each pack's PDF first."""
    outcome = make_packs("Bath", "Bristol")
    assert ["E30000165", "E30000180"] == [pack.area for pack in outcome.made]
    bath = outcome.made[0]
    assert ("Bath", "ttwa", 1) == (bath.name, bath.level, bath.pages)
    folder = written / "E30000165_bath"
    names = ["creative-clusters_illustrative-tiny_E30000165_bath.pdf", "data.csv", "facts.csv", "figures/map.svg"]
    assert [str(folder / name) for name in names] == list(bath.files)
    assert (0, str(written / "datapackage.json")) == (outcome.exit_code, outcome.manifest)
    assert {"E30000165_bath", "E30000180_bristol", *MANIFEST} == {path.name for path in written.iterdir()}


def test_every_result_is_told_as_it_comes(make_packs: Make) -> None:
    """For the bar on a terminal, or the lines elsewhere."""
    told: list[dict[str, object]] = []
    make_packs("Bath", "Bristol", watch=told.append)
    assert ["planned", "made", "made", "ended"] == [event["event"] for event in told]
    lines = [(event["line"], event["number"], event["total"]) for event in told[1:3]]
    assert [("Bath (E30000165): 1 pages", 1, 2), ("Bristol (E30000180): 1 pages", 2, 2)] == lines


def test_a_fault_in_one_pack_stops_no_other(make_packs: Make, written: Path) -> None:
    """It is listed with its reason and the trace of the fault; no file of it is there."""
    outcome = make_packs(build=fakes.build_but_for_bath)
    assert (OTHERS, 5) == ([pack.area for pack in outcome.made], outcome.exit_code)
    [failed] = outcome.failed
    assert "Bath (E30000165): no pack was written" == str(failed)
    assert "KeyError: 'location-quotient'" == failed.problems[0].what
    assert "in build_but_for_bath" in failed.trace
    assert not list(written.glob("E30000165*"))


def test_an_error_with_a_message_keeps_it(make_packs: Make, written: Path) -> None:
    """All packs failed: exit code 6, and a manifest without packs."""
    outcome = make_packs("Bath", "Bristol", build=fakes.refuse)
    assert ["too-coarse", "too-coarse"] == [failed.problems[0].kind for failed in outcome.failed]
    assert ("", 6) == (outcome.failed[0].trace, outcome.exit_code)
    assert MANIFEST == {path.name for path in written.iterdir()}


def test_a_template_or_setting_that_stops_every_pack_is_told_as_such(make_packs: Make) -> None:
    """Exit code 3, not 6: it is one fault, and none of the data's. If some packs are made, it is 5 as ever."""
    assert 3 == make_packs("Bath", "Bristol", build=fakes.misconfigured).exit_code


def test_own_material_is_looked_at_before_anything_is_written(folder: Path, tmp_path: Path) -> None:
    """All that is wrong with it at once, whatever part it is in."""
    settings = Settings(accent="#FFDD00", logo=Path("no.svg"), sections=(OwnSection(name="skills"),))
    with pytest.raises(ConfigurationError) as caught:
        run(folder, plan.every, tmp_path / "out", bundled(), settings, build=fakes.build)
    assert [
        "the section skills has no template",
        "the accent colour #FFDD00 cannot be used: its contrast with white is 1.34:1, marks need 3:1",
        "there is no file no.svg in the working folder",
    ] == [problem.what for problem in caught.value.problems]
    assert not (tmp_path / "out").exists()


def test_a_pack_that_fails_its_check_is_not_written(make_packs: Make, written: Path) -> None:
    """An earlier pack of the area stays as it was, file by file."""
    make_packs("Bath")
    before = contents(written / "E30000165_bath")
    outcome = make_packs("Bath", "Bristol", build=fakes.build_with_a_stray_word)
    [failed] = outcome.failed
    assert ["stray-word"] == [problem.kind for problem in failed.problems]
    assert failed.problems[0].file.startswith("E30000165_bath/creative-clusters_")
    assert before == contents(written / "E30000165_bath")


def test_one_and_two_processes_write_the_same(make_packs: Make, tmp_path: Path) -> None:
    """Also in the same order, whichever pack is done first; a fault travels with its reason."""
    alone = make_packs(workers=0, out="alone", build=fakes.build_but_for_bath)
    both = make_packs(workers=2, out="both", build=fakes.build_but_for_bath)
    assert contents(tmp_path / "alone" / "illustrative-tiny") == contents(tmp_path / "both" / "illustrative-tiny")
    assert [pack.area for pack in alone.made] == [pack.area for pack in both.made] == OTHERS
    assert alone.failed[0].problems == both.failed[0].problems


def test_a_process_that_dies_is_a_failed_pack(make_packs: Make) -> None:
    """The run comes to its end and says so, with a way to find the culprit."""
    outcome = make_packs(workers=2, build=fakes.die_at_bath)
    bath = next(failed for failed in outcome.failed if failed.area == fakes.BATH)
    assert "the process that made the pack died, and so did the next one" == bath.problems[0].what
    assert "make it alone: reportgen region E30000165" == bath.problems[0].fix


def test_nothing_is_read_twice_or_written_before_the_areas_are_known(folder: Path, tmp_path: Path) -> None:
    """A mistyped name leaves no folder behind."""
    with pytest.raises(UsageError):
        run(
            folder,
            lambda release: plan.named(release, ["Bth"]),
            tmp_path / "out",
            bundled(),
            Settings(),
            build=fakes.build,
        )
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_ends_the_run(make_packs: Make, tmp_path: Path) -> None:
    """At its beginning: no pack is built in vain."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(SystemMissingError):
        make_packs(build=fakes.refuse)


def test_findings_are_written_with_their_dictionary(folder: Path, tmp_path: Path) -> None:
    """One file a family; the same bytes twice; packs beside them stay."""
    paths = write_findings(folder, tmp_path / "out", bundled(), Settings())
    where = tmp_path / "out" / "illustrative-tiny" / "findings"
    assert {str(where / "dictionary.csv"), str(where / "concentration.csv")} <= set(paths)
    assert sorted(map(str, where.iterdir())) == paths
    assert (where / "concentration.csv").read_text().startswith("area,indicator,sub_sector,year,")
    before = contents(where)
    write_findings(folder, tmp_path / "out", bundled(), Settings())
    assert before == contents(where)


def test_a_configuration_that_lets_no_pack_through_ends_with_3(make_packs: Make) -> None:
    """5 where it stops only some of them."""
    assert 3 == make_packs(build=fakes.misconfigured).exit_code
    assert 5 == make_packs(build=fakes.misconfigured_for_bath).exit_code
    assert 6 == make_packs(build=fakes.refuse).exit_code


def test_own_material_is_looked_at_before_packs_are_built(make_packs: Make, written: Path, tmp_path: Path) -> None:
    """A template that cannot be read, a peer that is none: no pack is built in vain, no folder made."""
    template = tmp_path / "working" / "templates" / "sections" / "cover.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="the template cannot be read"):
        make_packs(resources=with_own(tmp_path / "working", bundled()))
    with pytest.raises(ConfigurationError, match="peers names E1"):
        make_packs(settings=Settings(peers=("E1",)))
    assert not written.exists()


def test_own_material_goes_to_every_process(make_packs: Make, tmp_path: Path, written: Path) -> None:
    """Packs made by several processes rest on the same own files as those of one."""
    own = tmp_path / "working" / "styles" / "page.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* own */", encoding="utf-8")
    resources = with_own(tmp_path / "working", bundled())
    outcome = make_packs(workers=2, build=fakes.build_from_own_page_style, resources=resources)
    assert () == outcome.failed
    assert {b"/* own */"} == {path.read_bytes() for path in written.glob("*/page.css")}


@pytest.mark.slow
def test_real_packs_are_the_same_from_one_and_two_processes(tmp_path: Path) -> None:
    """The bundled release: national, regional and local packs, each checked, byte by byte."""
    wanted = ["K02000001", "South West", "Bristol", "Bath", "Belfast"]
    bundle = bundled().releases / "illustrative-2024"

    def make(out: str, workers: int) -> dict[str, bytes]:
        def choose(release: Release) -> list[str]:
            return plan.named(release, wanted)

        outcome = run(bundle, choose, tmp_path / out, bundled(), Settings(), How(workers))
        assert () == outcome.failed
        return contents(tmp_path / out / "illustrative-2024")

    alone = make("alone", 1)
    assert alone == make("both", 2)
    checked = check(tmp_path / "both" / "illustrative-2024", bundle, bundled())
    assert (len(wanted), ()) == (checked.packs, checked.problems)


def test_a_typed_number_in_a_section_of_ones_own_fails_its_packs(make_packs: Make, tmp_path: Path) -> None:
    """With the section, the words around it, and what to do; a number that says why it stands there passes."""
    section = tmp_path / "working" / "templates" / "sections" / "skills.html"
    section.parent.mkdir(parents=True)
    typed, fixed = "40 people a year", '<span data-fixed="definition">40 people</span> a year'
    section.write_text(
        "{% block name %}Skills{% endblock %}{% block body %}<h1>Skills</h1>"
        f"<p>We train {{% if name == 'Bath' %}}{typed}{{% else %}}{fixed}{{% endif %}}.</p>{{% endblock %}}",
        encoding="utf-8",
    )
    settings = Settings(sections=(OwnSection(name="skills"),))
    resources = with_own(tmp_path / "working", bundled())
    outcome = make_packs("Bath", "Bristol", build=None, resources=resources, settings=settings)
    [failed] = outcome.failed
    [problem] = failed.problems
    assert ("unmarked-number", "section: own-skills") == (problem.kind, problem.detail)
    assert "'40' comes from no fact: … We train 40 people a year." in problem.what
    assert 'data-fixed="…"' in problem.fix
    assert ("E30000165", ["Bristol"]) == (failed.area, [pack.name for pack in outcome.made])
