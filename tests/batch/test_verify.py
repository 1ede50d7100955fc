"""A folder of packs is what its manifest says, to the byte, and can be made again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.batch import manifest, verify
from reportgen.batch.run import Outcome
from reportgen.batch.verify import Rebuilt, Share
from reportgen.errors import UsageError
from reportgen.resources import bundled, with_own
from reportgen.settings import Settings
from tests.batch import fakes

Make = Callable[..., Outcome]
BATH = "E30000165_bath"


def found(written: Path) -> list[tuple[str, str, str]]:
    return [(problem.kind, problem.file, problem.detail) for problem in verify.verify(written).problems]


def edit(path: Path, change: Callable[[dict], None]) -> None:
    text = json.loads(path.read_text(encoding="utf-8"))
    change(text)
    path.write_text(json.dumps(text), encoding="utf-8")


@pytest.fixture
def rebuild(written: Path, folder: Path) -> Callable[..., Rebuilt]:
    """Make packs of the tiny release anew, all unless told."""

    def made(asked: str = "100%", build: Callable[..., object] = fakes.build, **more: object) -> Rebuilt:
        resources = more.pop("resources", bundled())
        return verify.rebuild(written, folder, resources, verify.share(asked), build=build, **more)  # type: ignore[arg-type]

    return made


def test_what_a_run_wrote_is_as_listed(make_packs: Make, written: Path) -> None:
    """Four files a pack, the three of the manifest; findings beside them belong to no pack."""
    make_packs("Bath", "Bristol")
    (written / "findings").mkdir()
    checked = verify.verify(written)
    assert ("illustrative-tiny", 2, 11, ()) == (checked.release, checked.packs, checked.files, checked.problems)
    assert checked.files == len([path for path in written.rglob("*") if path.is_file()])


def test_each_difference_of_the_disk_is_named(make_packs: Make, written: Path) -> None:
    make_packs("Bath", "Bristol")
    (written / BATH / "facts.csv").write_bytes(b"id\n")
    (written / BATH / "data.csv").unlink()
    (written / BATH / ".figures.part").write_bytes(b"")
    (written / "E30000234_york").mkdir()
    (written / "notes.txt").write_text("mine")
    assert [
        ("unfinished", "E30000234_york", ""),
        ("not-there", f"{BATH}/data.csv", ""),
        ("changed", f"{BATH}/facts.csv", ""),
        ("temporary-file", f"{BATH}/.figures.part", ""),
        ("not-listed", "notes.txt", ""),
    ] == found(written)


def test_a_size_that_is_not_that_of_the_file_is_a_difference(make_packs: Make, written: Path) -> None:
    """Though its hash is: whoever plans a transfer reads the size."""
    make_packs("Bath")
    edit(written / manifest.NAME, lambda text: text["resources"][1].update(bytes=3))
    assert ("changed", f"{BATH}/data.csv", "") in found(written)


def test_sums_at_odds_with_the_manifest_are_told(make_packs: Make, written: Path) -> None:
    make_packs("Bath")
    sums = written / manifest.SUMS
    first, *rest = sums.read_text().splitlines()
    sums.write_text("\n".join([first.replace(first[:4], "0000"), *rest[1:], "00  stray.csv"]) + "\n")
    assert {first.partition("  ")[2], rest[0].partition("  ")[2], "stray.csv"} == {
        name for _, _, name in found(written)
    }
    assert {"sums-differ"} == {kind for kind, _, _ in found(written)}
    sums.unlink()
    assert [("not-there", manifest.SUMS, "")] == found(written)


def test_a_catalogue_at_odds_with_the_manifest_is_told(make_packs: Make, written: Path) -> None:
    make_packs("Bath", "Bristol")
    edit(written / manifest.CATALOGUE, lambda text: text["packs"].pop())
    kinds = [kind for kind, _, _ in found(written)]
    assert ["changed", *["catalogue-differs"] * 4] == kinds


def test_a_folder_that_no_run_has_finished_cannot_be_held_against_anything(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        verify.verify(tmp_path)


def test_packs_that_are_made_anew_have_the_same_bytes(make_packs: Make, rebuild: Callable[..., Rebuilt]) -> None:
    make_packs()
    again = rebuild("50%")
    assert (3, "", ()) == (len(again.packs), again.inputs, again.problems)


def test_the_sample_has_each_kind_of_pack(make_packs: Make, rebuild: Callable[..., Rebuilt]) -> None:
    """Also where so small a part of so few packs would be a single one."""
    make_packs()
    assert {"K02000001", "E12", "E30"} == {name[:9] if name[0] == "K" else name[:3] for name in rebuild("1%").packs}


@pytest.mark.parametrize(("asked", "packs"), [("5%", 13), ("0.1%", 3), ("100%", 241), ("4", 4), ("1", 1), ("999", 241)])
def test_a_sample_is_as_large_as_asked(asked: str, packs: int) -> None:
    """Rounded up; a part holds one pack of each kind, a number is that number."""
    kinds = {"K": "national"} | {f"R{i}": "regional" for i in range(12)} | {f"L{i}": "local" for i in range(228)}
    drawn = verify.sample("a", "0", kinds, verify.share(asked))
    assert packs == len(drawn) == len(set(drawn))


def test_a_sample_follows_from_release_and_revision_alone() -> None:
    """A new revision draws anew, so that in time every pack has its turn."""
    kinds = {f"L{i}": "local" for i in range(200)}
    assert verify.sample("a", "0", kinds, Share(10)) == verify.sample("a", "0", dict(sorted(kinds.items())), Share(10))
    assert verify.sample("a", "0", kinds, Share(10)) != verify.sample("a", "1", kinds, Share(10))
    assert verify.sample("a", "0", kinds, Share(10)) != verify.sample("b", "0", kinds, Share(10))


@pytest.mark.parametrize("asked", ["0", "0%", "-1", "101%", "half", "%", "1.5", "nan%"])
def test_what_is_no_part_is_refused(asked: str) -> None:
    with pytest.raises(UsageError, match="is no part of the packs"):
        verify.share(asked)


def test_a_pack_that_comes_out_otherwise_is_named_with_the_cause(
    make_packs: Make, rebuild: Callable[..., Rebuilt], folder: Path
) -> None:
    """The code is another one: every file that has other bytes is told, and what has changed since."""
    make_packs("Bath")
    again = rebuild(build=fakes.build_from_own_page_style)
    assert [("not-rebuilt", f"{BATH}/page.css")] == [(one.kind, one.file) for one in again.problems]
    assert "it was made from other inputs: code (build)" == again.problems[0].why
    assert "code (build)" == again.inputs


def test_other_inputs_that_give_the_same_bytes_are_only_said(
    make_packs: Make, rebuild: Callable[..., Rebuilt], folder: Path
) -> None:
    make_packs("Bath")
    (folder / "README.md").write_text("a note")
    again = rebuild()
    assert ("data changed (README.md)", ()) == (again.inputs, again.problems)


def test_a_file_that_was_changed_on_the_disk_is_not_laid_to_the_inputs(
    make_packs: Make, rebuild: Callable[..., Rebuilt], written: Path
) -> None:
    make_packs("Bath")
    (written / BATH / "facts.csv").write_bytes(b"id\n")
    [problem] = rebuild().problems
    assert (f"{BATH}/facts.csv", "all that it was made from is the same here") == (problem.file, problem.why)


def test_packs_are_made_anew_with_the_settings_that_they_were_made_with(
    make_packs: Make, rebuild: Callable[..., Rebuilt]
) -> None:
    """Whatever holds in the folder in which it is asked."""
    make_packs("Bath", settings=Settings(series="Places"))
    assert "" == rebuild().inputs


def test_packs_of_other_own_files_or_of_another_revision_are_not_made_anew(
    make_packs: Make, rebuild: Callable[..., Rebuilt], folder: Path, tmp_path: Path
) -> None:
    """They would come out otherwise whatever was done to them."""
    make_packs("Bath")
    names = tmp_path / "working" / "data" / "names.toml"
    names.parent.mkdir(parents=True)
    names.write_text("[in_sentence]\n", encoding="utf-8")
    again = rebuild(resources=with_own(tmp_path / "working", bundled()))
    assert ((), ["other-material"]) == (again.packs, [problem.kind for problem in again.problems])
    info = folder / "release.toml"
    info.write_text(info.read_text().replace("revision = 0", "revision = 1"))
    assert ["other-revision"] == [problem.kind for problem in rebuild().problems]


def test_a_pack_that_cannot_be_made_any_more_is_a_difference(make_packs: Make, rebuild: Callable[..., Rebuilt]) -> None:
    make_packs("Bath")
    [problem] = rebuild(build=fakes.refuse).problems
    assert ("not-rebuilt", BATH) == (problem.kind, problem.file)
    assert "the pack cannot be made anew: the data are too coarse" == problem.what


@pytest.mark.slow
def test_processes_that_die_are_told(make_packs: Make, rebuild: Callable[..., Rebuilt]) -> None:
    make_packs()
    again = rebuild(build=fakes.die_at_bath, workers=2)
    assert ["the process that made the pack anew died"] == [problem.what for problem in again.problems]
