"""
A builder of packs that takes no time: the smallest pages that pass the check. Importable by worker processes.
"""

from __future__ import annotations

import errno
import functools
import hashlib
import os
import signal
import time
from pathlib import Path
from typing import Any

import weasyprint

from reportgen.analysis.findings import Findings
from reportgen.errors import ConfigurationError, DataError, Problem
from reportgen.pack import build as _engine  # noqa: F401  sets up the page engine: the same bytes everywhere
from reportgen.pack.model import Pack
from reportgen.release.model import Release
from reportgen.resources import Resources, bundled
from reportgen.settings import Settings

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>{} · ILLUSTRATIVE DATA</text></svg>'
BATH = "E30000165"
FSYNC, REPLACE = os.fsync, os.replace


def build(
    area: str, release: Release, findings: Findings, resources: Resources, settings: Settings, known: str = ""
) -> Pack | None:
    """The pack of an area: one page with its name, one fact, one figure."""
    name = release.name_of(area)
    folder = f"{area}_{name.lower().replace(' ', '-')}"
    files = {
        f"creative-clusters_{release.info.id}_{folder}.pdf": page(f"<h1>{name}</h1>"),
        "facts.csv": f"id,value,status\n{area}/jobs/all/2023/-/-,10.0,ok\n".encode(),
        "data.csv": f"figure,label,value,status\nmap,{name},1.5,ok\n".encode(),
        "figures/map.svg": SVG.format(name).encode(),
    }
    digest = hashlib.sha256(files["facts.csv"] + files["data.csv"]).hexdigest()
    return None if digest == known else Pack(area, folder, files, (), "", 1, digest=digest)


def build_but_for_bath(*given: object) -> Pack:
    """A fault of ours in one pack."""
    if given[0] == BATH:
        raise KeyError("location-quotient")
    return build(*given)  # type: ignore[arg-type]


def refuse(*given: object) -> Pack:
    """An error with a message for people, in every pack."""
    raise DataError(Problem("too-coarse", "the data are too coarse", "nothing can be said", "use finer data"))


def misconfigured(*given: object) -> Pack:
    """A template or setting of the team's own that is wrong, in every pack."""
    raise ConfigurationError(Problem("bad-template", "a name is undefined", "a page would lack it", "correct it"))


def misconfigured_for_bath(*given: object) -> Pack:
    return misconfigured() if given[0] == BATH else build(*given)  # type: ignore[arg-type]


def build_from_own_page_style(area: str, release: Release, findings: Findings, *given: Any) -> Pack:
    """A pack with the style sheet beside it that its pages would be set by."""
    pack = build(area, release, findings, *given)
    style = given[0].styles.find("page.css").read_bytes()
    return Pack(pack.area, pack.folder, {**pack.files, "page.css": style}, (), "", 1)


def build_with_a_stray_word(*given: object) -> Pack:
    """A pack that must not go out: Bath's page says nan."""
    pack = build(*given)  # type: ignore[arg-type]
    if pack.area == BATH:
        pdf = next(name for name in pack.files if name.endswith(".pdf"))
        return Pack(pack.area, pack.folder, {**pack.files, pdf: page("<h1>Bath</h1><p>nan jobs</p>")}, (), "", 1)
    return pack


def die_at_bath(*given: object) -> Pack:
    """An engine that takes its process with it."""
    if given[0] == BATH:
        os._exit(1)
    return build(*given)  # type: ignore[arg-type]


@functools.cache
def page(body: str) -> bytes:
    """One page as PDF/UA-1, marked as illustrative, in our font."""
    font = (bundled().fonts / "SourceSans3-Regular.ttf").as_uri()
    face = f"@font-face {{ font-family: 'Source Sans 3'; src: url('{font}') }} html {{ font-family: 'Source Sans 3' }}"
    margin = "@page { @bottom-left { content: 'ILLUSTRATIVE DATA' } } h1 { font-weight: 400 }"
    head = f"<meta charset='utf-8'><title>Pack</title><style>{face}{margin}</style>"
    html = f"<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return bytes(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=b"fake"))


# Packs that go wrong at Bath alone. What must be remembered between two processes lies in `settings.out`.


def slow(*given: object) -> Pack | None:
    """Every pack takes a while."""
    time.sleep(0.4)
    return build(*given)  # type: ignore[arg-type]


def hang_at_bath(*given: object) -> Pack | None:
    if given[0] == BATH:
        time.sleep(600)
    return build(*given)  # type: ignore[arg-type]


def eat_memory_at_bath(*given: object) -> Pack | None:
    if given[0] == BATH:
        eaten = b"\1" * (2 << 30)
        time.sleep(600)
        del eaten
    return build(*given)  # type: ignore[arg-type]


def killed_at_bath(*given: object) -> Pack | None:
    """As by a machine that has run out of memory."""
    if given[0] == BATH:
        os.kill(os.getpid(), signal.SIGKILL)
    return build(*given)  # type: ignore[arg-type]


def killed_once_at_bath(*given: Any) -> Pack | None:
    killed = Path(given[4].out) / "killed"
    if given[0] == BATH and not killed.exists():
        killed.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return build(*given)


def disk_full_at_bath(*given: object) -> Pack | None:
    """What is written next does not get to the disk."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    os.fsync = full if given[0] == BATH else FSYNC
    return build(*given)  # type: ignore[arg-type]


def killed_while_bath_is_written(*given: object) -> Pack | None:
    """With one file on the disk and another begun."""
    done = []

    def killed(handle: int) -> None:
        done.append(handle)
        if len(done) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        FSYNC(handle)

    os.fsync = killed if given[0] == BATH else FSYNC
    return build(*given)  # type: ignore[arg-type]


def killed_while_bath_is_named(*given: object) -> Pack | None:
    """With one file under its name and the others not yet."""
    done = []

    def killed(source: Any, target: Any) -> None:
        done.append(target)
        if len(done) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        REPLACE(source, target)

    os.replace = killed if given[0] == BATH else REPLACE
    return build(*given)  # type: ignore[arg-type]
