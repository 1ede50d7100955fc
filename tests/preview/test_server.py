"""The pages are shown to browsers on this machine, under its own name, and to nobody else."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from reportgen.errors import SystemMissingError
from reportgen.preview.pictures import sizes
from reportgen.preview.rebuilding import Shown
from reportgen.preview.server import serving
from reportgen.resources import bundled
from tests.batch import fakes

FRAME = b"<!doctype html><title>Preview</title>"


class Browser:
    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        assert parts.hostname is not None
        assert parts.port is not None
        self.host, self.port = parts.hostname, parts.port

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


@pytest.fixture
def shown() -> list[Shown]:
    """What the preview shows: the last of these."""
    pdf = fakes.page("<h1>Bath</h1>")
    return [Shown(version=3, name="Bath", pdf=pdf, sizes=sizes(pdf), problems="a <b>word</b>")]


@pytest.fixture
def browser(shown: list[Shown]) -> Iterator[Browser]:
    with serving(lambda: shown[-1], FRAME) as address:
        yield Browser(address)


def test_it_listens_on_this_machine_alone(browser: Browser) -> None:
    """At the address that no other machine reaches, and at none besides."""
    assert "127.0.0.1" == browser.host
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", browser.port))


def test_frame_state_pages_and_pdf(browser: Browser, shown: list[Shown]) -> None:
    assert FRAME == browser.ask("/")[1]
    state = json.loads(browser.ask("/state?again")[1])
    assert (3, "Bath", 1, "a <b>word</b>") == (state["version"], state["name"], len(state["pages"]), state["problems"])
    assert browser.ask("/page/3/1.png")[1].startswith(b"\x89PNG")
    assert shown[-1].pdf == browser.ask("/pack.pdf")[1]


def test_what_is_new_is_there_at_the_next_question(browser: Browser, shown: list[Shown]) -> None:
    browser.ask("/state")
    shown.append(Shown(version=4, name="Bath", pdf=shown[-1].pdf, fault="error[bad-template]: it is wrong"))
    assert "error[bad-template]: it is wrong" == json.loads(browser.ask("/state")[1])["fault"]


@pytest.mark.parametrize("path", ["/page/3/0.png", "/page/3/2.png", "/../README.md", "/page/3/x.png", "/etc/passwd"])
def test_nothing_else_is_there(browser: Browser, path: str) -> None:
    assert 404 == browser.ask(path)[0].status


def test_before_the_first_build_there_is_a_state_and_no_page(browser: Browser, shown: list[Shown]) -> None:
    shown.append(Shown(name="Bath", working=True))
    assert [] == json.loads(browser.ask("/state")[1])["pages"]
    assert [404, 404] == [browser.ask(path)[0].status for path in ("/page/0/1.png", "/pack.pdf")]


@pytest.mark.parametrize("host", ["reportgen.example", "127.0.0.1", "127.0.0.1.example:80", ""])
def test_a_name_that_was_made_to_lead_here_is_refused(browser: Browser, host: str) -> None:
    """A page from elsewhere cannot read the pages of this machine."""
    for path in ("/", "/state", "/page/3/1.png", "/pack.pdf"):
        answer, body = browser.ask(path, Host=host)
        assert (403, b"only this machine, by its own name\n") == (answer.status, body)
    assert 200 == browser.ask("/state", Host=f"localhost:{browser.port}")[0].status


def test_it_is_asked_and_never_told(browser: Browser) -> None:
    assert {501} == {browser.ask("/state", method)[0].status for method in ("POST", "PUT", "DELETE")}
    answer, body = browser.ask("/state", "HEAD")
    assert (200, b"") == (answer.status, body)


def test_nothing_is_kept_framed_or_fetched_from_outside(browser: Browser) -> None:
    answer, _ = browser.ask("/")
    assert "no-store" == answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "frame-ancestors 'none'" in policy, "http" in policy) == (True, True, False)


def test_the_frame_fetches_nothing_from_outside() -> None:
    frame = bundled().templates.find("preview.html")
    assert frame is not None
    assert "//" not in frame.read_text(encoding="utf-8")


def test_a_port_that_is_taken_is_a_problem_and_the_end_frees_it(browser: Browser) -> None:
    with pytest.raises(SystemMissingError, match=f"port {browser.port} cannot be listened at"):
        serving(Shown, FRAME, browser.port).__enter__()
    with serving(Shown, FRAME) as address:
        port = Browser(address).port
    with serving(Shown, FRAME, port) as address:
        assert port == Browser(address).port
