"""
Build: one area's pack, from release and findings to bytes in memory. Pure: no disk but our own resources, no clock, no
log; the same input gives the same bytes.
"""

from __future__ import annotations

import functools
import gc

from reportgen.analysis.findings import Findings
from reportgen.charts.colours import Palette
from reportgen.pack.finish import ARCHIVAL, ATTACHED, Attached, archived
from reportgen.pack.model import Pack, folder_of
from reportgen.pack.pdf import Press
from reportgen.pack.pointers import LAST
from reportgen.pack.shared import pictures
from reportgen.pack.written import Written, write
from reportgen.release.model import Release
from reportgen.resources import Folder, Resources
from reportgen.settings import Settings
from reportgen.wording import word


def build(
    area: str, release: Release, findings: Findings, resources: Resources, settings: Settings, known: str = ""
) -> Pack | None:
    """
    The pack of one area.
    Args:
        area: code of an area of the release that has a pack (`Release.packs`).
        findings: of the whole release, as `analyse` made them.
        known: digest of the document that a pack which is there already was made from.
    Returns: `Pack`, its files under the names they have below the pack's folder; None where its document is the one
        that is known: the engine, the styles and the settings being the same, the pack would be, too.
    Raises: ReportgenError: a template, style or picture is wrong; the pack is then not there at all.
    """
    written = write(area, release, findings, resources, settings)
    return None if written.digest == known else _pressed(written, release, resources, settings)


def _pressed(written: Written, release: Release, resources: Resources, settings: Settings) -> Pack:
    area = written.brief.area
    html = written.html
    press = _press(resources.styles, release.info.source_date_epoch, written.brief.material.palette)
    laid_out = press.lay_out(html)
    is_long = press.pages_to(laid_out, LAST) >= settings.contents_from
    if is_long:  # what one step took goes before the next: it is much, and nobody else collects meanwhile
        html = written.html_with_contents
        del laid_out
        gc.collect()
        laid_out = press.lay_out(html)
    printed = press.write(laid_out, f"{release.info.id}/{release.info.revision}/{area}", settings.pdf_variant)
    del laid_out
    if is_long:
        gc.collect()
    beside = written.files
    data = printed.data
    if settings.pdf_variant == ARCHIVAL:
        attached = [Attached(name, beside[name], word(about)) for name, about in ATTACHED.items()]
        data = archived(data, release.info.published, attached)

    folder = folder_of(area, release)
    files = {f"creative-clusters_{release.info.id}_{folder}.pdf": data, **beside}
    for poster in written.brief.posters:
        files |= pictures(poster.sheets, press)
    return Pack(area, folder, files, written.facts, html, printed.pages, written.beside, written.digest)


@functools.cache
def _press(styles: Folder, epoch: int, palette: Palette) -> Press:
    """One press a worker: style sheets parsed and fonts known once."""
    return Press(styles, epoch, palette.applied)
