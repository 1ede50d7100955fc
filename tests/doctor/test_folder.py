"""A file is really written, kept, locked and renamed where packs are to go."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections import namedtuple
from pathlib import Path

import pytest

from reportgen.doctor import folder
from reportgen.doctor.part import Part

Usage = namedtuple("Usage", "total used free")


def test_a_folder_that_takes_files(tmp_path: Path) -> None:
    """It is tried where it is, or where it would be; nothing stays behind, not even the folder."""
    for out in (tmp_path, tmp_path / "not" / "yet"):
        written, room = folder.tried(out)
        assert Part("ok", f"{out} takes files: written, kept, locked, renamed") == written
        assert room.what.endswith(f"GB free for {out}")
    assert [] == [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("module", "function", "step"),
    [
        (tempfile, "mkstemp", "written to"),
        (os, "fsync", "made to keep a file (fsync)"),
        (fcntl, "flock", "made to lock a file"),
        (Path, "replace", "made to rename a file"),
    ],
    ids=["write", "fsync", "lock", "rename"],
)
def test_a_step_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, function: str, step: str
) -> None:
    """The line says which; what was written until then is gone."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module, function, full)
    fix = "make room, or choose another folder with --out"
    assert Part("fails", f"{tmp_path} cannot be {step}: No space left on device", fix) == next(folder.tried(tmp_path))
    assert [] == [*tmp_path.iterdir()]


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "out").write_text("a file")
    what = f"{tmp_path}/out cannot be written to: Not a directory"
    assert [Part("fails", what, "choose another folder with --out")] == list(folder.tried(tmp_path / "out"))


@pytest.mark.parametrize(
    ("free", "state", "what"),
    [
        (50_000_000, "fails", "only 0.1 GB free for {out}"),
        (500_000_000, "warns", "only 0.5 GB free for {out}: too little for all packs of a release"),
    ],
)
def test_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str, what: str) -> None:
    """For a folder that is not there yet it is the room where it would be."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free))
    out = tmp_path / "not" / "yet"
    _, room = folder.tried(out)
    assert (state, what.format(out=out), "make room, or choose another folder with --out") == (
        room.state,
        room.what,
        room.fix,
    )
