"""
The command that shows the pages of a pack while somebody works on them.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.packs import Level, Out, ReleaseId
from reportgen.cli.place import folder_here, release_folder, resources, settings
from reportgen.cli.show import Show, app, command, option
from reportgen.errors import CheckError
from reportgen.resources import bundled

if TYPE_CHECKING:
    from reportgen.preview.rebuilding import Preview

EVERY = 0.3  # seconds between looks at the files
LEAST, MOST = 20, 200  # dots an inch of a sheet


@command(app)
def preview(
    show: Show,
    area: Annotated[str, typer.Argument(metavar="AREA", help="Code or name, in any case")],
    level: Level = None,
    release: ReleaseId = None,
    sheet: Annotated[bool, option("--sheet", help="Write one PNG with all pages instead, and end")] = False,
    dpi: Annotated[int, option(min=LEAST, max=MOST, metavar="N", help="Draw the sheet at N dots an inch")] = 72,
    port: Annotated[
        int, option(min=0, max=65535, metavar="N", help="Listen at this port", shown="a free one is chosen")
    ] = 0,
    browser: Annotated[bool, option("--open", help="Open the pages in the browser")] = False,
    out: Out = None,
) -> None:
    """Show the pages of a pack in the browser, anew whenever a template, a style or data change

    Only this machine can see them. Nothing is written; Ctrl-C ends it. A fault is told above the last good pages.

    \b
    e.g., reportgen preview Bristol --sheet
    """
    from reportgen.batch import plan
    from reportgen.preview.rebuilding import Place, Preview

    folder = release_folder(show, release)
    roots = tuple(dict.fromkeys(root.resolve() for root in (Path.cwd(), bundled().root)))
    place = Place(roots, resources, settings)
    shown = Preview(folder, lambda known: plan.named(known, [area], level)[0], place)
    if sheet:
        _sheet(show, shown, folder_here(settings(out=out).out), dpi)
    else:
        _serve(show, shown, port, browser)


def _sheet(show: Show, shown: Preview, out: Path, dpi: int) -> None:
    from reportgen.batch import output
    from reportgen.preview import pictures
    from reportgen.preview.rebuilding import pdf_of, told

    pack, problems = shown.pack()
    path = output.ready(out / "sheets") / f"{shown.release}_{pack.folder}.png"
    output.write_file(path, pictures.sheet(pdf_of(pack), dpi))
    if problems:
        show.error(told(problems))
    show.result([path], {"written": [path], "pages": pack.pages})
    if problems:
        raise typer.Exit(CheckError.exit_code)


def _serve(show: Show, shown: Preview, port: int, browser: bool) -> None:
    from reportgen.preview.server import serving

    frame = resources().templates.find("preview.html")
    assert frame is not None, "it comes with reportgen"
    try:
        with serving(lambda: shown.shown, frame.read_bytes(), port) as address:
            show.result([address], {"address": address, "area": shown.area})
            show.talk("Ctrl-C ends the preview")
            if browser:
                import webbrowser

                webbrowser.open(address)
            pause = threading.Event()
            while True:
                shown.look()
                pause.wait(EVERY)
    except KeyboardInterrupt:
        show.talk("The preview has ended")
