"""Definitions of industries: versions by name, a team's own before ours, with or without IT."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.classification import IT, available, chosen, load
from reportgen.errors import ConfigurationError
from reportgen.resources import Resources, bundled, with_own
from reportgen.settings import Settings

OWN = """
id = "ours"
title = "Our own"
source = "Ourselves"
valid_from = 2024-01-01
codes = "sic2007.csv"
[creative.games]
name = "Games"
short = "Games"
codes = ["5821"]
"""


def own(folder: Path, text: str = OWN, name: str = "ours") -> Resources:
    path = folder / "data" / "classification" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return with_own(folder, bundled())


def wrong(resources: Resources) -> list[str]:
    with pytest.raises(ConfigurationError) as error:
        load(resources.classification, "ours")
    return [f"{problem.where}: {problem.what}" for problem in error.value.problems]


def test_a_version_of_one_s_own_stands_beside_ours(tmp_path: Path) -> None:
    """It may use our table of codes."""
    resources = own(tmp_path)
    assert ["dcms-sic2007", "ours"] == available(resources.classification)
    found = load(resources.classification, "ours")
    assert (("5821",), ()) == (found.whole.entries, found.groups)


def test_an_own_version_of_a_name_of_ours_wins(tmp_path: Path) -> None:
    resources = own(tmp_path, name="dcms-sic2007")
    assert "Our own" == load(resources.classification, "dcms-sic2007").title


def test_an_own_table_of_codes_wins(tmp_path: Path) -> None:
    resources = own(tmp_path)
    (tmp_path / "data" / "classification" / "sic2007.csv").write_text("code,name\n62,Computers\n", encoding="utf-8")
    assert ["ours.toml: Games names 5821, which is no SIC 2007 code"] == wrong(resources)


def test_everything_that_a_version_lacks_is_told(tmp_path: Path) -> None:
    """With the key; not only the first."""
    text = OWN.replace('title = "Our own"', "title = 5").replace('short = "Games"\n', "").replace('["5821"]', '"5821"')
    assert [
        "ours.toml: title is missing or of the wrong kind",
        "ours.toml: creative.games.short is missing or of the wrong kind",
        "ours.toml: creative.games.codes is missing or of the wrong kind",
    ] == wrong(own(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id =\n", "ours.toml:1:5: ours.toml is not TOML in UTF-8"),
        (
            OWN.replace("[creative.games]", "[creative]"),
            "ours.toml: creative.name.name is missing or of the wrong kind",
        ),
        (
            OWN.replace("sic2007", "sic2003"),
            "ours.toml: there is no table of codes sic2003.csv with columns code and name",
        ),
        (
            OWN + '[groups.net]\nname = "Net"\nof = "gross"',
            "ours.toml: groups.net.codes is missing or of the wrong kind",
        ),
    ],
)
def test_a_broken_version_is_no_bug_of_ours(tmp_path: Path, text: str, expected: str) -> None:
    """File, row and column where they are known."""
    assert expected in wrong(own(tmp_path, text))


def test_without_it_one_sub_sector_is_left_out() -> None:
    """And named, so that pages can say so; the others and their order stay."""
    whole, without = (chosen(bundled(), "dcms-sic2007", Settings(it=it)) for it in (True, False))
    assert ((), IT) == (whole.left_out, without.left_out[0].id)
    assert [part for part in whole.creative if part.id != IT] == list(without.creative)
    assert {"6201", "6202", "5821", "5829"} == {*whole.whole.entries} - {*without.whole.entries}


def test_kibs_net_is_net_of_all_published_creative_classes() -> None:
    """With or without IT: else its figures could not be compared."""
    nets = [chosen(bundled(), "dcms-sic2007", Settings(it=it)).group("kibs-net") for it in (True, False)]
    assert nets[0] == nets[1]
    assert "6201" in nets[1].without


def test_what_is_not_there_cannot_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="ours has no sub-sector it-software-and-computer-services"):
        chosen(own(tmp_path), "ours", Settings(it=False))


CHAIN = OWN + '[suppliers]\ncreative = ["J58", "J59  & J60"]\nnarrow = ["J58"]\n[buyers]\nwithout-jobs = ["L68A"]\n'


def test_suppliers_are_industries_of_the_input_output_table(tmp_path: Path) -> None:
    """By that table's own codes, blanks put right; a version need not have them, and settings do not change them."""
    found = load(own(tmp_path, CHAIN).classification, "ours")
    assert {"creative": ("J58", "J59 & J60"), "narrow": ("J58",)} == found.suppliers
    assert ("L68A",) == found.without_jobs
    assert {} == load(own(tmp_path).classification, "ours").suppliers


def test_ours_names_eight_creative_suppliers() -> None:
    """Four of them are the named inputs, two are creative only in part; without IT they are the same."""
    whole, without = (chosen(bundled(), "dcms-sic2007", Settings(it=it)) for it in (True, False))
    assert ("J58", "J59 & J60", "J62", "M71", "M73", "M74", "R90", "R91") == whole.suppliers["creative"]
    assert ("J62", "M71", "M73", "M74") == whole.suppliers["narrow"]
    assert ("M71", "R91") == whole.suppliers["partly-creative"]
    assert whole.suppliers == without.suppliers


@pytest.mark.parametrize(
    ("written", "instead", "expected"),
    [
        ('"J58",', '"J58", "books",', "suppliers.creative names books, which is in no division of SIC 2007"),
        ('narrow = ["J58"]', 'narrow = ["R90"]', "suppliers.narrow names R90, which suppliers.creative lacks"),
        ('["L68A"]', '["L04"]', "buyers.without-jobs names L04, which is in no division of SIC 2007"),
        ("narrow =", "narow =", "suppliers.narow is missing or of the wrong kind"),
        ('["L68A"]', '"L68A"', "buyers.without-jobs is missing or of the wrong kind"),
        ("creative = [", "all = [", "suppliers is missing or of the wrong kind"),
        ("[suppliers]", "[[suppliers]]", "suppliers is missing or of the wrong kind"),
    ],
)
def test_a_supplier_that_cannot_be_is_refused(tmp_path: Path, written: str, instead: str, expected: str) -> None:
    assert f"ours.toml: {expected}" in wrong(own(tmp_path, CHAIN.replace(written, instead)))


def test_industries_of_the_input_output_table_have_names_to_be_said_by() -> None:
    """One that nobody named is called by its code."""
    whole = load(bundled().classification, "dcms-sic2007")
    assert "advertising and market research" == whole.industry("M73")
    assert "Z99" == whole.industry("Z99")
    assert {code for codes in whole.suppliers.values() for code in codes} <= whole.industries.keys()


def test_a_version_may_name_industries_by_a_table_of_its_own(tmp_path: Path) -> None:
    resources = own(tmp_path, OWN.replace("codes =", 'industries = "names.csv"\ncodes =', 1))
    assert ["ours.toml: there is no table of codes names.csv with columns code and name"] == wrong(resources)
    (tmp_path / "data" / "classification" / "names.csv").write_text("code,name\nJ59  & J60,film\n", encoding="utf-8")
    assert "film" == load(resources.classification, "ours").industry("J59 & J60")
