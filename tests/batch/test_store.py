"""Packs lie in a folder or in a store that a URL names; either way each file is there whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path

import fsspec
import pytest
from moto.server import ThreadedMotoServer

from reportgen.batch import manifest, plan, store, verify
from reportgen.batch.run import How, Outcome, run
from reportgen.batch.store import Folder, Remote, at
from reportgen.batch.work import write_findings
from reportgen.errors import SystemMissingError, UsageError
from reportgen.resources import bundled
from reportgen.settings import Settings
from tests.batch import fakes

Run = Callable[..., Outcome]
AREAS = ("Bath", "Bristol")
BATH = "E30000165_bath"
PDF = f"{BATH}/creative-clusters_illustrative-tiny_E30000165_bath.pdf"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An object store on this machine, for this module alone; its address."""
    asked = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    asked.start()
    host, port = asked.get_host_and_port()
    yield f"http://{host}:{port}"
    asked.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The URL of a place in a bucket of its own. The keys open nothing."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "FSSPEC_"))]:
        monkeypatch.delenv(name)
    keys = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_DEFAULT_REGION": "us-east-1"}
    nowhere = {"AWS_CONFIG_FILE": str(tmp_path / "none"), "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none")}
    for name, value in {**keys, **nowhere, "AWS_ENDPOINT_URL": server, "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    store._opened_in.cache_clear()
    name = f"packs-{uuid.uuid4().hex[:12]}"
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir(name)
    return f"s3://{name}/releases/tonight"


@pytest.fixture
def memory() -> str:
    return f"memory://{uuid.uuid4().hex}"


@pytest.fixture(params=["folder", "memory", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Each kind of place, empty."""
    return str(tmp_path / "packs") if request.param == "folder" else request.getfixturevalue(request.param)


@pytest.fixture
def make(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run of the tiny release to a place, called in a working folder of its own."""
    (tmp_path / "working").mkdir()
    monkeypatch.chdir(tmp_path / "working")

    def made(place: str, *wanted: str, build: Callable[..., object] = fakes.build, **how: object) -> Outcome:
        def choose(release: object) -> list[str]:
            return plan.named(release, wanted or AREAS)  # type: ignore[arg-type]

        return run(folder, choose, place, bundled(), Settings(), How(**how), build=build)  # type: ignore[arg-type]

    return made


def contents(place: str, release: str = "illustrative-tiny") -> dict[str, bytes]:
    found = store.below(place, release)
    return {name: found.read(name) for name in found.names()}


def test_files_are_written_seen_and_taken_away(place: str) -> None:
    """The same in every kind of store."""
    found = at(place)
    found.ready()
    assert [] == found.names()
    found.write({"a.txt": b"1", "sub/b.txt": b"22"})
    assert (["a.txt", "sub/b.txt"], ["sub"]) == (found.names(), found.folders())
    assert ["sub/b.txt"] == found.names("sub")
    assert (b"22", 2) == (found.read("sub/b.txt"), found.looks()("sub/b.txt").bytes)
    found.take_away(["a.txt", "never-there.txt"])
    assert (["sub/b.txt"], None) == (found.names(), found.looks()("a.txt"))
    with pytest.raises(FileNotFoundError):
        found.read("a.txt")
    found.remove("sub")
    assert [] == found.names()


def test_a_pack_s_folder_holds_its_files_and_no_others(place: str) -> None:
    """A figure that is no longer made goes; so does a PDF of another name."""
    found = at(place)
    found.ready()
    found.write_pack("E1_a", {"old.pdf": b"%PDF", "figures/gone.svg": b"<svg/>", "facts.csv": b"id\n"})
    written = found.write_pack("E1_a", {"new.pdf": b"%PDF-2", "facts.csv": b"id\n"})
    assert ["E1_a/facts.csv", "E1_a/new.pdf"] == found.names()
    look = found.looks()
    assert {name: (file.bytes, file.changed) for name, file in written.items()} == {
        name: (look(f"E1_a/{name}").bytes, look(f"E1_a/{name}").mark) for name in written
    }


def test_a_store_s_mark_changes_with_the_file(bucket: str) -> None:
    """Though its size does not."""
    found = at(bucket)
    found.write({"a.txt": b"one"})
    before = found.looks()("a.txt")
    found.write({"a.txt": b"two"})
    after = found.looks()("a.txt")
    assert (before.bytes, True) == (after.bytes, before.mark != after.mark)


def test_the_pdf_goes_first_and_comes_last(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks meanwhile, or after a failure, finds no PDF beside files that are not its own."""
    found = at(memory)
    found.write_pack("E1_a", {"a.pdf": b"%PDF", "facts.csv": b"id\n"})
    fs, _ = store._opened(memory)
    pipe = type(fs).pipe_file

    def fails(self: object, path: str, value: bytes, **more: object) -> None:
        if path.endswith("data.csv"):
            raise ConnectionError("the network is gone")
        pipe(self, path, value, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(type(fs), "pipe_file", fails)
    with pytest.raises(SystemMissingError, match="ConnectionError: the network is gone"):
        found.write_pack("E1_a", {"a.pdf": b"%PDF-2", "facts.csv": b"id,value\n", "data.csv": b"\n"})
    assert "E1_a/a.pdf" not in found.names()


@pytest.mark.parametrize("kind", ["memory", "bucket"])
def test_a_store_is_given_the_bytes_that_a_folder_is(
    kind: str, make: Run, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Pack by pack and the manifest too; ledger, lock and cache lie in the working folder, not there."""
    url = request.getfixturevalue(kind)
    make(str(tmp_path / "out"))
    outcome = make(url)
    assert (0, f"{url}/illustrative-tiny/{PDF}") == (outcome.exit_code, outcome.made[0].files[0])
    assert contents(str(tmp_path / "out")) == contents(url)
    state = store.state_of(url)
    assert (state / "illustrative-tiny.sqlite").is_file()
    assert Path(".reportgen") == state.parent


def test_nothing_is_made_again_where_a_store_holds_what_it_must(make: Run, bucket: str) -> None:
    """Told from sizes and the store's own hashes: no file is read."""
    make(bucket)
    again = make(bucket, asked="the two")
    assert ((), 2) == (again.made, len(again.unchanged))


@pytest.mark.parametrize("kind", ["memory", "bucket"])
def test_what_is_missing_or_altered_in_a_store_is_made_again(
    kind: str, make: Run, request: pytest.FixtureRequest
) -> None:
    """Altered to the same size, too: by the store's hash, or by reading where it keeps none."""
    url = request.getfixturevalue(kind)
    make(url)
    found = store.below(url, "illustrative-tiny")
    before = contents(url)
    data = found.read(f"{BATH}/facts.csv")
    found.write({f"{BATH}/facts.csv": data.replace(b"10.0", b"11.0")})
    found.take_away(["E30000180_bristol/data.csv"])
    again = make(url)
    assert ["output altered: facts.csv", "output missing: data.csv"] == [pack.reason for pack in again.made]
    assert before == contents(url)


def test_another_machine_takes_over_what_stands_in_a_store(
    make: Run, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no ledger of it: the catalogue says what is there, and hashes are compared once."""
    make(bucket)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert 2 == len(make(bucket).unchanged)


def test_nothing_vouches_for_a_store_whose_run_did_not_end(make: Run, memory: str) -> None:
    """The manifest goes first and comes last there, too."""
    make(memory)
    seen: list[bool] = []

    def look(*given: object) -> object:
        seen.append(manifest.NAME in store.below(memory, "illustrative-tiny").names())
        return fakes.build(*given)  # type: ignore[arg-type]

    make(memory, build=look)
    assert [False, False] == seen
    assert manifest.NAME in contents(memory)


@pytest.mark.slow
def test_workers_write_to_a_store_themselves(make: Run, bucket: str, tmp_path: Path) -> None:
    """With the keys that this process had when the first of them began: the server they come from begins anew here."""
    forkserver._forkserver._stop()
    make(str(tmp_path / "out"), "Bath", "Bristol", "K02000001", "E12000009")
    outcome = make(bucket, "Bath", "Bristol", "K02000001", "E12000009", workers=2)
    assert 0 == outcome.exit_code
    assert contents(str(tmp_path / "out")) == contents(bucket)


def test_what_a_store_holds_is_verified(make: Run, bucket: str, folder: Path) -> None:
    """Every object against the manifest, and a sample made anew."""
    make(bucket)
    url = f"{bucket}/illustrative-tiny"
    assert (2, ()) == (verify.verify(url).packs, verify.verify(url).problems)
    again = verify.rebuild(url, folder, bundled(), verify.share("100%"), build=fakes.build)
    assert (2, ()) == (len(again.packs), again.problems)
    at(url).write({f"{BATH}/facts.csv": b"id\n"})
    assert ["changed"] == [problem.kind for problem in verify.verify(url).problems]


def test_findings_go_to_a_store(folder: Path, memory: str) -> None:
    urls = write_findings(folder, memory, bundled(), Settings())
    assert f"{memory}/illustrative-tiny/findings/dictionary.csv" in urls
    assert len(urls) == len(at(memory).names())


def test_a_bucket_that_is_not_there_ends_the_run_at_its_beginning(make: Run, bucket: str) -> None:
    with pytest.raises(SystemMissingError, match="the store cannot be read or written to") as caught:
        make("s3://no-such-bucket/packs", build=fakes.refuse)
    assert "s3://no-such-bucket/packs/illustrative-tiny" == caught.value.problems[0].file


def test_a_kind_of_store_that_is_not_known_is_told() -> None:
    with pytest.raises(UsageError, match="nowhere is no kind of store that is known here"):
        at("nowhere://bucket/packs").ready()


def test_a_package_that_is_not_installed_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    store._opened_in.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(SystemMissingError) as caught:
        at("memory://a").ready()
    assert "pip install 'reportgen[remote]'" == caught.value.problems[0].fix


@pytest.mark.parametrize("text", ["out", "../elsewhere", "/srv/packs", "C:/packs", "a:b"])
def test_what_is_no_url_is_a_folder(text: str) -> None:
    assert Folder(Path(text)) == at(text)


def test_urls_stay_whole_in_the_settings() -> None:
    """Two slashes are no slip of one."""
    assert "s3://bucket/packs" == Settings(out="s3://bucket/packs").out
    assert Remote("s3://bucket/packs") == at(Settings(out="s3://bucket/packs").out)


def test_two_places_never_share_a_ledger() -> None:
    """Though their names differ in signs alone."""
    assert store.state_of("s3://a/b-c") != store.state_of("s3://a/b/c")
    assert store.state_of("out") == Path("out/.reportgen")
