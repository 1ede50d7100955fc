"""The check of finished packs over a folder: each pack, and the manifest's word for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.batch import plan
from reportgen.batch.check import check, release_of
from reportgen.batch.run import Outcome, run
from reportgen.errors import UsageError
from reportgen.resources import Resources, bundled, with_own
from reportgen.settings import Settings
from tests.support import write_release

Make = Callable[..., Outcome]
BATH = "E30000165_bath"
PDF = f"{BATH}/creative-clusters_illustrative-tiny_{BATH}.pdf"


def found(path: Path, folder: Path, workers: int = 1) -> list[tuple[str, str]]:
    """What is wrong with packs as they stand there: those of the tests follow from no release."""
    return [(problem.kind, problem.file) for problem in check(path, folder, bundled(), workers, again=False).problems]


def test_packs_as_they_were_written_pass(make_packs: Make, folder: Path, written: Path) -> None:
    """All of a release, one of them, or the one that a PDF belongs to; here and in other processes."""
    make_packs()
    told: list[tuple[str, int, int]] = []
    checked = check(written, folder, bundled(), done=lambda *step: told.append(step), again=False)
    assert (6, ()) == (checked.packs, checked.problems)
    assert ("K02000001_united-kingdom", 6, 6) == told[-1]
    assert 1 == check(written / BATH, folder, bundled(), again=False).packs
    assert 1 == check(written / PDF, folder, bundled(), again=False).packs
    assert [] == found(written, folder, workers=2)


def test_the_release_is_the_one_that_the_packs_name(make_packs: Make, written: Path) -> None:
    """From any path below its folder."""
    make_packs("Bath")
    figure = written / BATH / "figures" / "map.svg"
    assert {"illustrative-tiny"} == {release_of(path) for path in (written, written / BATH, written / PDF, figure)}


def test_what_is_wrong_is_named_with_its_file(make_packs: Make, folder: Path, written: Path) -> None:
    """By the check of the pack, and by the manifest; for one pack, nothing is said about another."""
    make_packs("Bath", "Bristol")
    (written / BATH / "figures" / "map.svg").write_bytes(b"<svg>")
    wrong = [("bad-figure", f"{BATH}/figures/map.svg"), ("changed", f"{BATH}/figures/map.svg")]
    assert wrong == found(written, folder)
    assert wrong == found(written / BATH, folder)
    assert [] == found(written / "E30000180_bristol", folder)


def test_a_pack_that_lost_its_pdf(make_packs: Make, folder: Path, written: Path) -> None:
    """It is no pack any more, and that is said."""
    make_packs("Bath", "Bristol")
    (written / PDF).unlink()
    kinds = {kind for kind, _ in found(written, folder)}
    assert {"unfinished", "not-there"} == kinds
    assert kinds == {kind for kind, _ in found(written / BATH, folder)}


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    """The manifest is written last: without it a run did not come to its end."""
    with pytest.raises(UsageError, match=r"datapackage\.json"):
        release_of(tmp_path)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Resources]:
    """Bath's pack with names and settings of a team's own: the folder it lies in, its release, the team's resources."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "working" / "data").mkdir(parents=True)
    (folder / "working" / "data" / "names.toml").write_text('[in_sentence]\n"Bath" = "the city of Bath"\n', "utf-8")
    own, release = with_own(folder / "working", bundled()), write_release(folder / "release")
    outcome = run(
        *(release, lambda release: plan.named(release, ["Bath"]), folder / "out"),
        *(own, Settings(series="Places of 3 kinds")),
    )
    assert () == outcome.failed
    return folder / "out" / "illustrative-tiny", release, own


def test_a_pack_is_held_against_its_release(real: tuple[Path, Path, Resources], tmp_path: Path) -> None:
    """Worked out again, with the settings that it was made with; a table that was edited says another thing."""
    made, release, own = real
    assert () == check(made, release, own).problems
    edited = shutil.copytree(made, tmp_path / made.name)
    facts = edited / BATH / "facts.csv"
    facts.write_bytes(facts.read_bytes().replace(b",1000.0,", b",1001.0,", 1))
    problems = {problem.kind: problem for problem in check(edited, release, own).problems}
    assert {"changed", "not-as-released"} == set(problems)
    assert "1001.0" in problems["not-as-released"].what
    assert problems["not-as-released"].where.startswith(f"{BATH}/facts.csv:")


def test_a_release_of_another_revision_is_not_what_packs_were_made_from(
    make_packs: Make, folder: Path, written: Path
) -> None:
    """Nothing is passed over in silence: it is said, and as they are the packs can be checked all the same."""
    make_packs("Bath")
    info = folder / "release.toml"
    info.write_text(info.read_text("utf-8").replace("revision = 0", "revision = 1"), encoding="utf-8")
    [problem] = check(written, folder, bundled()).problems
    assert "other-revision" == problem.kind
    assert "--as-they-are" in problem.fix
    assert () == check(written, folder, bundled(), again=False).problems


def test_packs_with_own_material_need_it_to_be_checked(real: tuple[Path, Path, Resources]) -> None:
    made, release, _ = real
    [problem] = check(made, release, bundled()).problems
    assert ("other-material", True) == (problem.kind, "data/names.toml" in problem.what)


def test_a_pack_of_another_release_is_named(make_packs: Make, folder: Path, written: Path) -> None:
    make_packs("Bath")
    areas = folder / "areas.csv"
    areas.write_text(areas.read_text("utf-8").replace("Bath", "Aquae Sulis"), encoding="utf-8")
    assert {BATH} == {problem.file for problem in check(written, folder, bundled()).problems}
