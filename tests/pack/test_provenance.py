"""What a pack says of where its figures come from: revision on every page, raw files, and what was shared out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reportgen.batch import manifest
from reportgen.batch.inputs import PARTS, Inputs
from reportgen.pack.model import Pack
from reportgen.settings import Settings
from tests import releases
from tests.pack.reading import pages_of
from tests.releases import Analysed, thin, words

BATH, SOUTH_WEST = "E30000165", "E12000009"


@pytest.fixture(scope="module")
def shared_out() -> Analysed:
    return releases.shared_out()


@pytest.fixture(scope="module")
def avonford(shared_out: Analysed) -> Pack:
    return shared_out.pack("T1")


@pytest.mark.parametrize("area", [BATH, SOUTH_WEST])
def test_every_page_says_the_revision(packs: Callable[[str], Pack], illustrative: Analysed, area: str) -> None:
    """The cover with status and day, all others in their foot: a printed page tells the re-issue from the first."""
    cover, *others = pages_of(packs(area))
    assert 1 == illustrative.release.info.revision
    assert "Published 1 December 2025 Revision 1, status: illustrative" in cover
    assert len(others) > 5
    assert all("Illustrative release 2024, revision 1 · status: illustrative" in page for page in others)


def test_a_contents_page_says_it_too(illustrative: Analysed) -> None:
    """Where a pack is long enough to have one."""
    cover, contents, *others = pages_of(illustrative.pack(BATH, Settings(contents_from=3)))
    assert "Contents" in contents
    assert all("revision 1" in page.lower() for page in (cover, contents, *others))


def test_a_reissue_says_its_own_revision() -> None:
    pages = pages_of(thin("few tables").reissued(revision=7).pack(BATH))
    assert all("revision 7" in page.lower() for page in pages)


def test_an_area_says_how_much_of_it_was_shared_out(shared_out: Analysed, avonford: Pack) -> None:
    """As a fact with its number from the release, and in the list of what is measured."""
    text = " ".join(pages_of(avonford))
    share = {
        variant: shared_out.findings.get("T1", "split-share", "", "2023", variant=variant).value
        for variant in ("jobs", "units")
    }
    assert f"Of the jobs of Avonford in 2023, {share['jobs']:.0%}".replace("%", " %") in text.replace("\u202f", " ")
    assert f"Of the local units of Avonford in 2023, {share['units']:.0%}".replace("%", " %") in (
        text.replace("\u202f", " ")
    )
    assert "T1/split-share/-/2023/-/jobs" in {fact.id for fact in avonford.facts}
    assert "Share of the total that was shared out." in text
    assert (
        "Figures of local authorities were shared out between travel-to-work areas by fixed weights (parts of invented "
        "authorities in travel-to-work areas), and every count was rounded to a whole number."
    ) in re.sub("\ufffe", "-", text)


def test_an_area_of_whole_authorities_says_that(shared_out: Analysed) -> None:
    told = "All jobs of London in 2023 come from local authorities that lie in it whole."
    assert told in words(shared_out.written("T5").html)


def test_a_region_refers_to_its_areas(shared_out: Analysed) -> None:
    northland = shared_out.written("R1")
    told = "The pack of each travel-to-work area says how much of its figures that concerns."
    assert told in words(northland.html)
    assert not [fact for fact in northland.facts if "/split-share/" in fact.id]


def test_a_release_that_was_not_shared_out_says_nothing_of_it(packs: Callable[[str], Pack]) -> None:
    text = " ".join(pages_of(packs(BATH)))
    assert "shared out" not in text
    assert "raw files" not in text


def test_a_pack_says_where_the_raw_files_are_listed(shared_out: Analysed, avonford: Pack) -> None:
    """The manifest of all packs has name, size and hash of each; a name says nothing to who reads the page."""
    text = " ".join(pages_of(avonford))
    files = shared_out.release.info.raw_files
    assert 7 == len(files)
    assert "The names and hashes of the files that the release was made from are in datapackage.json." in text
    none = Inputs({part: {} for part in PARTS})
    sources = manifest.describe(shared_out.release.info, [], [], {}, none, b"")["sources"]
    for file in files:
        assert file.name not in text
        assert {"title": f"Raw file {file.name}", "bytes": file.bytes, "hash": f"sha256:{file.sha256}"} in sources
