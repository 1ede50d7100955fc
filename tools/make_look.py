"""
Write the contact sheets in docs/look anew: all pages of one pack a kind, of the bundled release and of the one that
examples/nuts2 makes from public figures, and a page that names their sources.

    python tools/make_look.py                  # the raw files of examples/nuts2 lie in ../shared/data
    python tools/make_look.py --data FOLDER    # they lie elsewhere
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reportgen.batch.work import analyse_release, read_release
from reportgen.pack.build import build
from reportgen.pack.model import Pack, folder_of
from reportgen.preview import pictures
from reportgen.release.importing import import_release
from reportgen.release.model import Release
from reportgen.resources import bundled
from reportgen.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
LOOK = ROOT / "docs" / "look"
RECIPE = ROOT / "examples" / "nuts2" / "recipe.toml"
LARGEST = 300_000  # bytes of a sheet
SHARPEST, LEAST, STEP = 84, 16, 4  # dots an inch of a sheet
COLOURS = 32
OURS = ("K02000001", "E12000009", "E30000180")  # the nation, the South West, Bristol
PUBLIC = ("K02000001", "UKI", "UKK1")  # the nation, London, Gloucestershire, Wiltshire and Bath/Bristol area


def fitting(pdf: bytes, largest: int = LARGEST) -> tuple[bytes, int]:
    """
    The sharpest sheet of all pages that is no larger than so many bytes, and its dots an inch.
    Raises: ValueError: even the least sharp one is larger.
    """
    sheet, best = pictures.sheet(pdf, LEAST, COLOURS), 0
    if len(sheet) > largest:
        raise ValueError(f"{len(sheet)} bytes at {LEAST} dots an inch, of {largest} at most")
    steps = range(LEAST, SHARPEST + 1, STEP)
    beyond = len(steps)
    while beyond - best > 1:  # a sheet of more dots is larger, and drawing all of them takes minutes
        middle = (best + beyond) // 2
        tried = pictures.sheet(pdf, steps[middle], COLOURS)
        if len(tried) <= largest:
            sheet, best = tried, middle
        else:
            beyond = middle
    return sheet, steps[best]


def packs(folder: Path, areas: tuple[str, ...]) -> Iterator[tuple[Release, Pack]]:
    """The packs of some areas of a release, built one after the other."""
    resources, settings = bundled(), Settings()
    release = read_release(folder, resources)
    findings = analyse_release(release, resources, settings)
    for area in areas:
        yield release, build(area, release, findings, resources, settings)


def write(folder: Path, areas: tuple[str, ...]) -> list[str]:
    """Write the sheets of some areas of a release; what the page says of them, as lines of Markdown."""
    lines: list[str] = []
    for release, pack in packs(folder, areas):
        if not lines:
            kind = "illustrative: made by a program, not measured" if release.info.illustrative else "public data"
            sources = [
                f"- {each.name} ({each.publisher}), {each.licence}: {each.attribution}" for each in release.info.sources
            ]
            lines += [
                f"## {release.info.title}",
                "",
                f"Revision {release.info.revision}; {kind}. Sources:",
                "",
                *sources,
            ]
        name = f"{release.info.id}_{folder_of(pack.area, release)}.png"
        pdf = next(data for file, data in pack.files.items() if file.endswith(".pdf"))
        sheet, dpi = fitting(pdf)
        (LOOK / name).write_bytes(sheet)
        print(f"{name}: {pack.pages} pages at {dpi} dots an inch, {len(sheet):,} bytes")
        lines += [
            "",
            f"### {release.name_of(pack.area)}",
            "",
            f"{pack.pages} pages.",
            "",
            f"![All pages of the pack]({name})",
        ]
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the contact sheets in docs/look anew.")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="raw files of examples/nuts2"
    )
    data = parser.parse_args().data
    if not data.is_dir():
        # Half of the sheets new and half old would look as if all were of today.
        sys.exit(
            f"there is no folder {data} with the raw files of examples/nuts2: name it by --data; nothing was written"
        )
    LOOK.mkdir(exist_ok=True)
    for old in LOOK.glob("*.png"):
        old.unlink()
    lines = ["# What packs look like", "", "Contact sheets of one pack a kind. Made by `make look`, never by hand.", ""]
    lines += write(bundled().releases / "illustrative-2024", OURS)
    with tempfile.TemporaryDirectory() as made:
        import_release(RECIPE, data, folder := Path(made) / "nuts2", bundled())
        lines += write(folder, PUBLIC)
    (LOOK / "README.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
