"""The manifest lists what stands on the disk, and nothing that it cannot vouch for."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest
import weasyprint

from reportgen import __version__
from reportgen.batch import manifest
from reportgen.batch.inputs import hash_of
from reportgen.batch.run import Outcome
from reportgen.errors import UsageError
from reportgen.resources import bundled, with_own
from reportgen.settings import HotspotRule, Settings
from tests.batch import fakes

Make = Callable[..., Outcome]


def listed(written: Path) -> list[str]:
    """The files of packs."""
    paths = [resource["path"] for resource in manifest.read(written)["resources"]]
    assert manifest.CATALOGUE == paths.pop()
    return paths


def differences(written: Path) -> list[tuple[str, str]]:
    return [(problem.kind, problem.file) for problem in manifest.differences(written)]


def test_the_manifest_is_a_data_package(make_packs: Make, folder: Path, written: Path) -> None:
    """Who, what, when (of the release: no clock), under which licence, and every file with size and hash."""
    make_packs("Bath")
    found = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    first = found["resources"][0]
    versions, inputs, data = (found.pop(key) for key in ("versions", "inputs", "data"))
    assert found.pop("resources")[-1]["path"] == manifest.CATALOGUE
    assert {"reportgen": __version__, "weasyprint": weasyprint.__version__}.items() <= versions.items()
    assert {"engine", "code", "settings", "style", "template", "definition", "data"} == set(inputs)
    assert {"path": "areas.csv", "hash": f"sha256:{hash_of(folder / 'areas.csv')}"} in data
    assert {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "creative-clusters-illustrative-tiny",
        "title": "Creative clusters: packs of A tiny illustrative release",
        "version": "0",
        "created": "2024-11-01T00:00:00Z",
        "release": "illustrative-tiny",
        "status": "illustrative",
        "licenses": [{"name": "CC0-1.0", "title": "CC0 1.0"}],
        "sources": [{"title": "Made up for a test", "attribution": "Illustrative, not measured"}],
        "failed": [],
    } == found
    path = "E30000165_bath/creative-clusters_illustrative-tiny_E30000165_bath.pdf"
    data = (written / path).read_bytes()
    assert {
        "name": path.lower().replace("/", "-"),
        "path": path,
        "format": "pdf",
        "mediatype": "application/pdf",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    } == first


def test_packs_of_several_runs_stand_in_one_manifest(make_packs: Make, written: Path) -> None:
    """In the order of their paths, whatever the order of the runs."""
    make_packs("Bristol")
    make_packs("Bath")
    paths = listed(written)
    assert sorted(paths) == paths
    assert {"E30000165_bath", "E30000180_bristol"} == {path.split("/")[0] for path in paths}
    before = (written / "datapackage.json").read_bytes()
    make_packs("Bristol", "Bath")
    assert before == (written / "datapackage.json").read_bytes()


def test_the_pack_of_a_failed_build_is_left_out_until_it_is_made(make_packs: Make, written: Path) -> None:
    """The earlier pack stays on the disk, but nobody vouches for it; a run for another area does not bring it back."""
    make_packs("Bath", "Bristol")
    make_packs("Bath", build=fakes.refuse)
    make_packs("Bristol")
    assert ["E30000165"] == manifest.read(written)["failed"]
    assert {"E30000180_bristol"} == {path.split("/")[0] for path in listed(written)}
    assert (written / "E30000165_bath" / "facts.csv").is_file()
    assert ("failed", "datapackage.json") in differences(written)
    make_packs("Bath")
    assert [] == manifest.read(written)["failed"]
    assert [] == differences(written)


def test_findings_and_unfinished_files_are_not_of_a_pack(make_packs: Make, written: Path) -> None:
    """Neither is listed; a folder without its PDF is named as unfinished."""
    make_packs("Bath")
    (written / "findings").mkdir()
    (written / "E30000165_bath" / ".facts.csv.part").write_bytes(b"")
    assert [] == differences(written)
    (written / "E30000180_bristol").mkdir()
    assert [("unfinished", "E30000180_bristol")] == differences(written)


def test_every_difference_is_found(make_packs: Make, written: Path) -> None:
    """A file changed, a file gone, a file come."""
    make_packs("Bath")
    bath = written / "E30000165_bath"
    (bath / "facts.csv").write_bytes(b"id\n")
    (bath / "data.csv").unlink()
    (bath / "notes.txt").write_bytes(b"mine")
    assert [
        ("not-there", "E30000165_bath/data.csv"),
        ("not-listed", "E30000165_bath/notes.txt"),
        ("changed", "E30000165_bath/facts.csv"),
    ] == differences(written)


@pytest.mark.parametrize("text", [None, "{", "[]", '{"resources": []}'])
def test_a_folder_without_a_manifest_is_not_finished(tmp_path: Path, text: str | None) -> None:
    """Nor one whose manifest cannot be read or names no release."""
    if text is not None:
        (tmp_path / "datapackage.json").write_text(text)
    with pytest.raises(UsageError, match=r"datapackage\.json"):
        manifest.read(tmp_path)


def test_a_stray_file_in_a_pack_s_folder_neither_stops_a_run_nor_is_vouched_for(make_packs, written: Path) -> None:
    make_packs("Bath")
    (written / "E30000165_bath" / ".DS_Store").write_text("left by a file manager")
    make_packs("Bath")
    listed = [resource["path"] for resource in manifest.read(written)["resources"]]
    assert "E30000165_bath/facts.csv" in listed
    assert "E30000165_bath/.DS_Store" not in listed


def test_a_damaged_manifest_is_replaced(make_packs, written: Path) -> None:
    make_packs("Bath")
    (written / manifest.NAME).write_text("{")
    make_packs("Bath")
    assert manifest.read(written)["release"] == "illustrative-tiny"


def test_a_re_issue_vouches_only_for_packs_made_from_it(make_packs, folder: Path, written: Path) -> None:
    """Revision 1 replaces revision 0: Bristol's pack still shows the old numbers, and the manifest leaves it out."""
    make_packs("Bath", "Bristol")
    info = folder / "release.toml"
    info.write_text(info.read_text().replace("revision = 0", "revision = 1"))
    make_packs("Bath")
    found = manifest.read(written)
    assert "1" == found["version"]
    assert {"E30000165_bath"} == {path.split("/")[0] for path in listed(written)}
    assert "not-listed" in {problem.kind for problem in manifest.differences(written)}


def test_what_a_team_made_its_own_is_listed(make_packs: Make, written: Path, tmp_path: Path) -> None:
    """Settings that are not the defaults, and own files with their hash; not where things lie."""
    names = tmp_path / "working" / "data" / "names.toml"
    names.parent.mkdir(parents=True)
    names.write_text("[in_sentence]\n", encoding="utf-8")
    settings = Settings(contact="Ann", hotspot=HotspotRule(creative_units=30), out="elsewhere")
    make_packs("Bath", resources=with_own(tmp_path / "working", bundled()), settings=settings)
    assert {
        "settings": {"contact": "Ann", "hotspot": {"creative_units": 30}},
        "files": [{"path": "data/names.toml", "hash": f"sha256:{hashlib.sha256(names.read_bytes()).hexdigest()}"}],
    } == manifest.read(written)["own"]


def test_packs_of_other_settings_are_not_vouched_for(make_packs: Make, written: Path) -> None:
    """Bristol's pack was made by another rule: it may contradict Bath's, so the manifest leaves it out."""
    make_packs("Bath", "Bristol")
    make_packs("Bath", settings=Settings(hotspot=HotspotRule(creative_units=30)))
    assert {"E30000165_bath"} == {path.split("/")[0] for path in listed(written)}
    make_packs("Bristol", settings=Settings(hotspot=HotspotRule(creative_units=30)))
    assert {"E30000165_bath", "E30000180_bristol"} == {path.split("/")[0] for path in listed(written)}
    assert [] == differences(written)


def test_packs_that_are_listed_no_longer_are_told(
    make_packs: Make, written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After a changed setting, even one that was only tried; the manifest keeps the settings of those it lists."""
    make_packs("Bath", "Bristol")
    make_packs("Bath", settings=Settings(series="Places"))
    assert (
        "Manifest: no longer listed: E30000180_bristol: of another revision, or made with other settings" in caplog.text
    )
    assert "Places" == manifest.made_with(written).series


def test_the_manifest_keeps_the_rules_of_data_packages(make_packs: Make, written: Path) -> None:
    """
    Those of version 2 that its profile states and programs rely on: names of allowed letters, each once; paths that
    stay inside; hashes with their kind; a date with a time; licences with a name; sources with a title.
    """
    make_packs()
    found = manifest.read(written)
    name = re.compile(r"[a-z0-9._/-]+")
    assert name.fullmatch(found["name"])
    names = [resource["name"] for resource in found["resources"]]
    assert len(names) == len(set(names)) == 25
    for resource in found["resources"]:
        path = PurePosixPath(resource["path"])
        assert name.fullmatch(resource["name"])
        assert not path.is_absolute()
        assert not {"..", "."} & set(path.parts)
        assert "\\" not in resource["path"]
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", resource["hash"])
        assert type(resource["bytes"]) is int
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", resource["mediatype"])
    assert datetime.fromisoformat(found["created"]).tzinfo is not None
    assert all(re.fullmatch(r"[-a-zA-Z0-9._]+", licence["name"]) for licence in found["licenses"])
    assert all(source["title"] for source in found["sources"])
