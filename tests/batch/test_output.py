"""Nothing is ever half there: not a file, and not a pack that looks whole."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.batch import output
from reportgen.errors import SystemMissingError

FILES = {"pack.pdf": b"new", "facts.csv": b"new", "figures/map.svg": b"new"}
OLD = {"pack.pdf": b"old", "facts.csv": b"old", "figures/map.svg": b"old", "figures/growth.svg": b"old"}


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder, whatever they are called."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_pack_is_written_and_nothing_else_stands_there(tmp_path: Path) -> None:
    """A figure that is no longer made goes, and so does its folder if nothing is left in it."""
    told = output.write_pack(tmp_path, FILES)
    assert [(name, 3) for name in sorted(FILES)] == [(name, file.bytes) for name, file in told.items()]
    output.write_pack(tmp_path, OLD)
    output.write_pack(tmp_path, FILES)
    assert FILES == contents(tmp_path)
    output.write_pack(tmp_path, {"pack.pdf": b"new"})
    assert [tmp_path / "pack.pdf"] == list(tmp_path.rglob("*"))


def test_a_full_disk_leaves_the_earlier_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to do; no file with a temporary name stays."""
    output.write_pack(tmp_path, OLD)
    written = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SystemMissingError) as refused:
        output.write_pack(tmp_path, FILES)
    assert "the folder cannot be written to: No space left on device" in refused.value.as_text()
    assert OLD == contents(tmp_path)


def test_a_full_disk_leaves_no_trace_of_a_first_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even its folder."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SystemMissingError):
        output.write_pack(tmp_path / "pack", FILES)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("step", range(3))
def test_a_failure_between_two_files_leaves_no_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """A folder with old and new files in it has no PDF that would make it look finished."""
    output.write_pack(tmp_path, OLD)
    replace, done = Path.replace, []

    def fail(path: Path, target: Path) -> Path:
        if len(done) == step:
            raise OSError(errno.EIO, "input/output error")
        done.append(target)
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        with pytest.raises(SystemMissingError):
            output.write_pack(tmp_path, FILES)
    assert not [name for name in contents(tmp_path) if name.endswith((".pdf", output.UNFINISHED))]
    output.write_pack(tmp_path, FILES)
    assert FILES == contents(tmp_path)


KILLED = """
import os, sys
from pathlib import Path
from reportgen.batch import output
calls = []
def killed(handle):
    calls.append(handle)
    if len(calls) == 2:
        os._exit(9)
os.fsync = killed
output.write_pack(Path(sys.argv[1]), {"pack.pdf": b"new", "facts.csv": b"new"})
"""


def test_a_killed_process_leaves_the_earlier_pack(tmp_path: Path) -> None:
    """What it had begun stands under names that are no one's; the next build of the pack takes them away."""
    output.write_pack(tmp_path, OLD)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert 9 == killed.returncode
    left = contents(tmp_path)
    assert OLD == {name: data for name, data in left.items() if not name.endswith(output.UNFINISHED)}
    assert len(left) > len(OLD)
    output.write_pack(tmp_path, FILES)
    assert FILES == contents(tmp_path)


def test_files_beside_others(tmp_path: Path) -> None:
    """Findings and the manifest leave alone what stands beside them."""
    (tmp_path / "notes.txt").write_bytes(b"mine")
    assert [tmp_path / "a.csv"] == output.write_files(tmp_path, {"a.csv": b"1"})
    assert tmp_path / "b.json" == output.write_file(tmp_path / "b.json", b"2")
    assert {"notes.txt": b"mine", "a.csv": b"1", "b.json": b"2"} == contents(tmp_path)


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    """A file stands in its place: the message names it."""
    (tmp_path / "out").write_text("a file")
    for write in (output.ready, lambda folder: output.write_pack(folder, FILES)):
        with pytest.raises(SystemMissingError) as refused:
            write(tmp_path / "out" / "release")
        assert "cannot-write" == refused.value.problems[0].kind
        assert str(tmp_path / "out") in refused.value.problems[0].file
