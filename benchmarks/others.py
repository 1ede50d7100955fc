"""
Others: the same pages printed by other engines. Headless Chromium gets the document itself, its styles as files; Typst
the same texts, tables and pictures in its own words. Neither is a dependency; one that is not here is named.
"""

from __future__ import annotations

import base64
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf

from reportgen.pack.pdf import STYLES
from reportgen.resources import bundled

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe"),
)
PRINT = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}
PATIENCE = 120  # seconds for one answer of the browser
TICK = os.sysconf("SC_CLK_TCK")
PICTURE = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements that stand within a line; all others are blocks.
INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "wbr"}
PX = 0.75  # pt
A4 = (
    '#set page(paper: "a4", margin: (top: 24mm, bottom: 21mm, x: 18mm))\n#set text(font: "Source Sans 3", size: 10pt)\n'
)


def chromium() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def typst_is_here() -> bool:
    return importlib.util.find_spec("typst") is not None


def versions() -> dict[str, str]:
    """Name of an engine → its version, or that it is missing and how it would come."""
    browser = chromium()
    return {
        "Chromium": _version_of(browser) if browser else "missing (Debian: chromium)",
        "Typst": importlib.metadata.version("typst") if typst_is_here() else "missing (PyPI: typst)",
    }


def _version_of(browser: str) -> str:
    said = subprocess.run([browser, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"[\d.]{3,}", said)
    return found[0] if found else "of unknown version"


def by_chromium(documents: Mapping[str, str], before: str) -> dict[str, dict[str, float]]:
    """
    Each document printed by a browser that has printed another one before.
    Returns: name → seconds of all its processes, seconds as they passed, pages.
    """
    browser = chromium()
    if browser is None:
        return {}
    with tempfile.TemporaryDirectory() as folder, _running(browser, Path(folder) / "profile") as page:
        paths = {name: _as_page(html, Path(folder), name) for name, html in {"before": before, **documents}.items()}
        found = {name: page.printed(path) for name, path in paths.items()}
    return {name: found[name] for name in documents}


def _as_page(html: str, folder: Path, name: str) -> Path:
    """A document in a file, its styles and fonts beside it."""
    for relative, path in bundled().styles.files("**/*").items():
        if not path.is_file():
            continue
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        target.write_bytes(data.replace(b"reportgen:/", b"") if path.suffix == ".css" else data)
    links = "".join(f'<link rel="stylesheet" href="{style}">' for style in STYLES)
    page = folder / f"{name}.html"
    page.write_text(html.replace("reportgen:/", "").replace("</title>", f"</title>{links}", 1), encoding="utf-8")
    return page


@contextmanager
def _running(browser: str, profile: Path) -> Iterator[_Page]:
    """A browser with one page, spoken to through its pipe (Chrome DevTools Protocol)."""
    hear, theirs_out = os.pipe()
    theirs_in, speak = os.pipe()
    command = [browser, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    # The browser reads from 3 and writes to 4. A shell puts them there, as ours may have either number.
    process = subprocess.Popen(
        ["sh", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "sh", *command],
        pass_fds=(theirs_in, theirs_out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        yield _Page(process.pid, hear, speak)
    finally:
        process.terminate()
        process.wait()
        os.close(hear)
        os.close(speak)


class _Page:
    """
    A page of a browser.
    Args: process: id of the browser; hear, speak: ends of its pipe.
    """

    def __init__(self, process: int, hear: int, speak: int) -> None:
        self._process, self._hear, self._speak = process, hear, speak
        self._number, self._session, self._rest = 0, "", b""
        self._earlier: list[dict[str, Any]] = []
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")

    def printed(self, path: Path) -> dict[str, float]:
        """Load a page and print it; what that took."""
        cores, begun = _seconds_of(self._process), time.perf_counter()
        self._ask("Page.navigate", url=path.as_uri())
        self._hear_of("Page.loadEventFired")
        self._ask("Runtime.evaluate", expression="document.fonts.ready.then(() => 1)", awaitPromise=True)
        data = base64.b64decode(self._ask("Page.printToPDF", **PRINT)["data"])
        took = {"wall": time.perf_counter() - begun, "process": _seconds_of(self._process) - cores}
        path.with_suffix(".pdf").write_bytes(data)
        with pikepdf.open(path.with_suffix(".pdf")) as pdf:
            return {**took, "pages": len(pdf.pages)}

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        asked: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._speak, json.dumps(asked).encode() + b"\0")
        answer = self._next(lambda said: said.get("id") == self._number)
        if "error" in answer:
            raise RuntimeError(f"the browser refused {method}: {answer['error']}")
        return dict(answer["result"])

    def _hear_of(self, event: str) -> None:
        self._next(lambda said: said.get("method") == event)

    def _next(self, wanted: Any) -> dict[str, Any]:
        """The next message of the kind that is waited for; others that come before it are kept for later."""
        for place, said in enumerate(self._earlier):
            if wanted(said):
                return self._earlier.pop(place)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            said = self._message()
            if wanted(said):
                return said
            self._earlier.append(said)
        raise RuntimeError(f"the browser did not answer within {PATIENCE} seconds")

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            data = os.read(self._hear, 1 << 20)
            if not data:
                raise RuntimeError("the browser ended")
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))


def processes_below(ancestor: int) -> dict[int, int]:
    """Every process that comes from one, itself among them, and its parent."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
    found = {ancestor: parents.get(ancestor, 0)}
    while more := {pid: parent for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return found


def _seconds_of(ancestor: int) -> float:
    """Of cores, by a process and all that come from it."""
    total = 0
    for pid in processes_below(ancestor):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(each) for each in fields[11:15])  # its own, and those of its children that ended
    return total / TICK


def by_typst(documents: Mapping[str, str], before: str) -> dict[str, dict[str, float]]:
    """The same by Typst, in this process, which has laid out another document before."""
    if not typst_is_here():
        return {}
    import typst

    found = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        paths = {name: _as_typst(html, root, name) for name, html in {"before": before, **documents}.items()}
        fonts = [str(bundled().fonts)]
        compiler = typst.Compiler(root=str(root), font_paths=fonts, ignore_system_fonts=True)
        for name, path in paths.items():
            cores, begun = time.process_time(), time.perf_counter()
            data = compiler.compile(input=str(path), format="pdf")
            took = {"wall": time.perf_counter() - begun, "process": time.process_time() - cores}
            path.with_suffix(".pdf").write_bytes(data)
            with pikepdf.open(path.with_suffix(".pdf")) as pdf:
                found[name] = {**took, "pages": len(pdf.pages)}
    return {name: found[name] for name in documents}


def _as_typst(html: str, folder: Path, name: str) -> Path:
    """Headings, paragraphs, lists, tables and pictures of a document, in its order."""
    (folder / name).mkdir()
    page = folder / f"{name}.typ"
    page.write_text(A4 + "\n".join(_blocks(lxml.html.fromstring(html).body, folder / name)) + "\n", encoding="utf-8")
    return page


def _blocks(element: Any, folder: Path) -> Iterator[str]:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("style", "script"):
        return
    if tag == "img":
        yield from _image(element, folder)
    elif tag in HEADINGS:
        yield f"#heading(level: {HEADINGS[tag]}, {_quoted(element.text_content())})"
    elif tag == "table":
        yield _table(element)
    elif all(each.tag in INLINE for each in element.iterdescendants() if isinstance(each.tag, str)):
        text = _quoted(element.text_content())
        yield f"- #text({text})" if tag == "li" else f"#par(text({text}))"
    else:
        yield from _mixed(element, folder)


def _mixed(element: Any, folder: Path) -> Iterator[str]:
    """An element with blocks in it: what stands between them is a paragraph of its own."""
    loose = element.text or ""
    for child in element:
        if child.tag in INLINE and not child.findall(".//img"):
            loose += child.text_content()
        else:
            if loose.strip():
                yield f"#par(text({_quoted(loose)}))"
            loose = ""
            yield from _blocks(child, folder)
        loose += child.tail or ""
    if loose.strip():
        yield f"#par(text({_quoted(loose)}))"


def _table(table: Any) -> str:
    rows = [[_quoted(cell.text_content()) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    columns = max((len(row) for row in rows), default=1)
    cells = [cell for row in rows for cell in [*row, *['""'] * (columns - len(row))]]
    return f"#table(columns: (1fr,) * {columns}, {', '.join(cells)})"


def _image(image: Any, folder: Path) -> Iterator[str]:
    found = PICTURE.fullmatch(image.get("src", ""))
    if found is None:
        return
    data = base64.b64decode(found[1])
    path = folder / f"{len(list(folder.iterdir()))}.svg"
    path.write_bytes(data)
    width = re.search(rb'\bwidth="([\d.]+)', data)
    wide = min(float(width[1]) * PX, 493) if width else 493  # pt; 174 mm, as wide as the text
    yield f'#image("{folder.name}/{path.name}", width: {wide:.1f}pt, alt: {_quoted(image.get("alt", ""))})'


def _quoted(text: str) -> str:
    """A text as Typst writes one, each run of blanks a single one."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
