"""Infographic: the headline page as one picture, on a page of its own."""

from __future__ import annotations

from typing import Any

from reportgen.charts.poster import PAGE
from reportgen.document.brief import Brief
from reportgen.document.figures import data_uri
from reportgen.document.poster import poster


def gather(brief: Brief) -> dict[str, Any]:
    drawn = poster(brief)
    brief.posters.append(drawn)
    return brief.words | drawn.marks | {"picture": data_uri(drawn.sheets[PAGE.name].encode(), "image/svg+xml")}
