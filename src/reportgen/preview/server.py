"""
Server: shows the pages of a preview to browsers on this machine, and to nobody else. A page asks twice a second whether
there is something new. Reads what the preview shows; changes nothing.
"""

from __future__ import annotations

import functools
import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from reportgen.errors import Problem, SystemMissingError
from reportgen.preview import pictures
from reportgen.preview.rebuilding import Shown

log = logging.getLogger(__name__)
HERE = "127.0.0.1"  # no other machine reaches this address
DPI = 144  # of the pages in the browser, for screens that have two dots where others have one
KEPT = 64  # pages that were drawn and may be asked for again
_PAGE = re.compile(r"/page/(\d+)/(\d+)\.png")  # version, number of the page from 1
_POLICY = (
    "default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{_POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
Answer = tuple[HTTPStatus, str, bytes]


@contextmanager
def serving(shown: Callable[[], Shown], frame: bytes, port: int = 0) -> Iterator[str]:
    """
    Serve what `shown` gives while the block runs, on this machine alone.
    Args:
        frame: the HTML document around the pages.
        port: to listen at; 0 has the system choose a free one.
    Returns: the address.
    Raises: SystemMissingError: something else listens at that port.
    """
    drawn = functools.lru_cache(maxsize=KEPT)(pictures.page)

    class Handler(_Handler):
        answers = staticmethod(lambda path: _answer(path, shown(), frame, drawn))

    try:
        server = ThreadingHTTPServer((HERE, port), Handler)
    except OSError as error:
        raise SystemMissingError(
            Problem(
                "port-taken",
                f"port {port} cannot be listened at: {error.strerror}",
                "the browser would see the pages of something else, or none",
                "name another by --port, or none: a free one is then chosen",
            )
        ) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HERE}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(path: str, shown: Shown, frame: bytes, drawn: Callable[[bytes, int, int], bytes]) -> Answer:
    if path == "/":
        return HTTPStatus.OK, "text/html; charset=utf-8", frame
    if path == "/state":
        return HTTPStatus.OK, "application/json", json.dumps(_state(shown), ensure_ascii=False).encode()
    if path == "/pack.pdf" and shown.pdf:
        return HTTPStatus.OK, "application/pdf", shown.pdf
    if (found := _PAGE.fullmatch(path)) and shown.pdf:
        try:  # whatever version is asked for: there is only the last one, and the page asks again for that
            return HTTPStatus.OK, "image/png", drawn(shown.pdf, int(found[2]) - 1, DPI)
        except IndexError:
            pass
    return HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"there is no such page\n"


def _state(shown: Shown) -> dict[str, object]:
    return {
        "version": shown.version,
        "name": shown.name,
        "pages": shown.sizes,
        "fault": shown.fault,
        "problems": shown.problems,
        "working": shown.working,
    }


class _Handler(BaseHTTPRequestHandler):
    """Answers to GET and HEAD, and only where the browser asks this machine by its own name."""

    answers: Callable[[str], Answer]
    server_version, sys_version = "reportgen", ""

    def do_GET(self) -> None:
        status, kind, body = self._answer()
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def _answer(self) -> Answer:
        port = self.connection.getsockname()[1]
        if self.headers.get("Host") not in (f"{HERE}:{port}", f"localhost:{port}"):
            # A page from elsewhere whose name was made to lead here must not read what only this machine may see.
            return HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"only this machine, by its own name\n"
        return self.answers(self.path.partition("?")[0])

    def log_message(self, text: str, *values: object) -> None:
        log.debug(text, *values)
