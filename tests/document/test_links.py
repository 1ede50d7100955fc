"""Addresses in a team's own texts become links; nothing else does."""

from __future__ import annotations

import pytest

from reportgen.document.links import addresses, linked
from reportgen.settings import Settings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the team that sent you this pack", "the team that sent you this pack"),
        ("a.b+c@x.example.", '<a href="mailto:a.b+c@x.example">a.b+c@x.example</a>.'),
        ("mailto:a@x.example?subject=Packs", '<a href="mailto:a@x.example?subject=Packs">a@x.example</a>'),
        ("see (https://x.example/a).", 'see (<a href="https://x.example/a">https://x.example/a</a>).'),
        ("https://x.example/@team", '<a href="https://x.example/@team">https://x.example/@team</a>'),
        ("<b>javascript:alert(1)</b>", "&lt;b&gt;javascript:alert(1)&lt;/b&gt;"),
        ('https://x.example/"onclick="a', '<a href="https://x.example/">https://x.example/</a>&#34;onclick=&#34;a'),
        ("https.team@x.example", '<a href="mailto:https.team@x.example">https.team@x.example</a>'),
        ("file:///etc/hosts, ftp://x.example", "file:///etc/hosts, ftp://x.example"),
    ],
)
def test_addresses_in_a_text(text: str, said: str) -> None:
    assert said == linked(text)


def test_the_addresses_that_a_pack_may_point_to_are_those_of_the_settings() -> None:
    settings = Settings(contact="a@x.example", feedback="https://x.example", licence="CC BY", disclaimer="b@x.example")
    assert ["mailto:a@x.example", "https://x.example", "mailto:b@x.example"] == list(addresses(settings))
