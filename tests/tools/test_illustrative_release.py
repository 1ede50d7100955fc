"""
The bundled release illustrative-2024: made by its generator, plausible, and full of the states that a pack must show.
Read here with pandas alone, so that a fault of the reader cannot hide a fault of the data.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from reportgen.release.tables import SIZE_BANDS, SUB_SECTORS, TABLES, Table

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "releases" / "illustrative-2024"
sys.path.insert(0, str(ROOT / "tools"))

import make_illustrative_release as generator  # noqa: E402
from illustrative import facts, publish  # noqa: E402

UK, GB, LONDON_REGION, NORTHERN_IRELAND = "K02000001", "K03000001", "E12000007", "N92000002"
HOTSPOTS = {
    *("London", "Bath", "Brighton", "Bristol", "Cambridge", "Edinburgh", "Guildford and Aldershot", "Manchester"),
    *("Oxford", "Slough and Heathrow", "High Wycombe and Aylesbury"),
}
LAST = 2024
MADE = [table for table in TABLES if table.name != "crosswalk"]  # its figures are made for its areas, not shared out


def read(name: str) -> pd.DataFrame:
    """One table as text, empty fields as empty text."""
    path = next(path for path in (FOLDER / f"{name}.csv", FOLDER / f"{name}.csv.gz") if path.exists())
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    return read("areas").set_index("code")


@pytest.fixture(scope="module")
def employment() -> pd.DataFrame:
    table = read("employment")
    return table.assign(year=table["year"].astype(int), jobs=pd.to_numeric(table["jobs"]))


@pytest.fixture(scope="module")
def businesses() -> pd.DataFrame:
    table = read("businesses")
    return table.assign(year=table["year"].astype(int), local_units=table["local_units"].astype(int))


@pytest.fixture(scope="module")
def industries() -> pd.DataFrame:
    return generator.read_assumptions("industries").set_index("sic")


@pytest.fixture(scope="module")
def shapes() -> dict[str, shapely.Geometry]:
    features = json.loads((FOLDER / "boundaries.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"]) for feature in features}


@pytest.fixture(scope="module")
def quotients(employment: pd.DataFrame, industries: pd.DataFrame) -> pd.DataFrame:
    """Areas × (nine sub-sectors, creative, kibs-net, high-tech-manufacturing): location quotients of the last year."""
    jobs = employment[employment["year"] == LAST].pivot(index="area", columns="sic", values="jobs")
    codes = industries.index
    sectors = {name: codes[industries["sub_sector"] == name] for name in SUB_SECTORS}
    sectors |= {name: codes[industries["group"] == name] for name in industries["group"].unique()}
    shares = pd.DataFrame({name: jobs[members].sum(axis=1) / jobs["all"] for name, members in sectors.items()})
    return shares / shares.loc[GB]


def steps(jobs: pd.Series) -> pd.Series:
    """The step to which each count is rounded."""
    limits = [0, 50, 250, 500, 1000, 2500, 5000, np.inf]
    return pd.cut(jobs, limits, right=False, labels=[5, 25, 50, 100, 250, 500, 1000]).astype(int)


def growth(jobs: pd.Series) -> float:
    """Compound growth a year from the first year to the last."""
    return (jobs.iloc[-1] / jobs.iloc[0]) ** (1 / (len(jobs) - 1)) - 1


def creative_jobs(employment: pd.DataFrame, industries: pd.DataFrame) -> pd.Series:
    """Creative jobs of Great Britain by year."""
    creative = employment["sic"].map(industries["group"]) == "creative"
    return employment[creative & (employment["area"] == GB)].groupby("year")["jobs"].sum()


def all_jobs(employment: pd.DataFrame) -> pd.Series:
    """Jobs of Great Britain by year."""
    total = employment[(employment["sic"] == "all") & (employment["area"] == GB)]
    return total.set_index("year")["jobs"]


def test_generator_makes_the_release_that_lies_here(tmp_path: Path) -> None:
    """Written anew, every file holds the same bytes, packing aside; a packed file carries neither name nor time."""
    generator.write_release(tmp_path)
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(path.name for path in tmp_path.iterdir())
    for path in sorted(tmp_path.iterdir()):
        content, here = path.read_bytes(), (FOLDER / path.name).read_bytes()
        if path.suffix == ".gz":
            assert bytes(5) == content[3:8], f"{path.name}: flags and time"
            content, here = gzip.decompress(content), gzip.decompress(here)
        assert here == content, path.name


def test_fact_tables_are_what_the_public_sources_say(shared_data: Path, tmp_path: Path) -> None:
    """Names, codes, points, shares and neighbours, derived again from the public tables."""
    facts.write_facts(shared_data, tmp_path)
    for name in ("areas", "shares", "neighbours"):
        assert (generator.HERE / f"{name}.csv").read_text() == (tmp_path / f"{name}.csv").read_text(), name


def test_every_table_has_its_declared_header_and_the_whole_is_small() -> None:
    assert [list(table.header) for table in MADE] == [list(read(table.name).columns) for table in MADE]
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 12e6


def test_head_names_levels_codes_and_a_source_for_every_table(areas: pd.DataFrame) -> None:
    head = tomllib.loads((FOLDER / "release.toml").read_text(encoding="utf-8"))
    assert FOLDER.name == head["id"]
    assert "illustrative" == head["status"]
    assert set(areas["level"]) == set(head["levels"])
    assert {UK, GB, LONDON_REGION} == set(head["areas"].values())
    named = [table for source in head["sources"] for table in source["tables"]]
    assert sorted([*(table.name for table in MADE), "boundaries"]) == sorted(named)


@pytest.mark.parametrize("table", [table for table in MADE if table.key], ids=lambda table: table.name)
def test_no_key_stands_twice_and_choices_are_declared(table: Table) -> None:
    frame = read(table.name)
    assert not frame.duplicated(list(table.key)).any()
    for column in table.columns:
        if column.choices:
            assert set(frame[column.name]) <= {*column.choices, ""}, column.name


def test_areas_stand_below_one_another(areas: pd.DataFrame) -> None:
    """One country, twelve countries and regions, 228 local areas; who crosses a border nests in the country alone."""
    assert {"national": 1, "benchmark": 1, "region": 12, "ttwa": 228} == areas["level"].value_counts().to_dict()
    assert [UK] == list(areas.index[areas["parent"] == ""])
    assert set(areas["parent"]) - {""} <= set(areas.index)
    across = areas.index.str.startswith("K01")
    assert {UK} == set(areas["parent"][across])
    assert {"region"} == set(areas["level"][areas["parent"][~across & (areas["level"] == "ttwa")]])
    assert UK == areas.at[NORTHERN_IRELAND, "parent"]


def test_codes_are_a_partition_with_the_sixty_classes(employment: pd.DataFrame, businesses: pd.DataFrame) -> None:
    """No code is the beginning of another; creative, high-tech and KIBS classes are all there, by four digits."""
    codes = sorted(set(employment["sic"]) - {"all"})
    assert not [(a, b) for a in codes for b in codes if a != b and b.startswith(a)]
    assert set(employment["sic"]) == set(businesses["sic"])
    definition = tomllib.loads((ROOT / "data" / "classification" / "dcms-sic2007.toml").read_text(encoding="utf-8"))
    creative = {code.replace(".", "") for group in definition["creative"].values() for code in group["codes"]}
    assert creative <= set(codes)
    prefixes = ("21", "26", "303", "62", "63", "69", "70", "71", "72", "73")
    classes = creative | {code for code in codes if code.startswith(prefixes)}
    assert {4} == {len(code) for code in classes}
    assert 60 == len(classes)


@pytest.mark.parametrize(
    ("jobs", "rounded", "disclosive"),
    [(2.4, 0, 0), (7.5, 10, 10), (49.7, 50, 50), (140, 150, 150), (115, 125, 100), (1_130, 1_250, 1_000),
     (2_700, 2_500, 3_000), (612_345, 612_000, 612_000)],
)  # fmt: skip
def test_rounding_follows_the_open_access_lattice(jobs: float, rounded: int, disclosive: int) -> None:
    """To 5 under 50, to 25 under 250 and so on, to 1,000 from 5,000; disclosive cells to twice the step."""
    assert [rounded, disclosive] == list(publish.lattice(np.array([jobs, jobs]), np.array([False, True])))


def test_every_count_lies_on_its_lattice(employment: pd.DataFrame, businesses: pd.DataFrame) -> None:
    jobs = employment["jobs"].dropna()
    assert 0 == (jobs % steps(jobs)).sum()
    assert 0 == (businesses["local_units"] % 5).sum()


def test_value_is_empty_exactly_where_the_status_says_so(employment: pd.DataFrame, businesses: pd.DataFrame) -> None:
    """Some tens to hundreds of cells are suppressed or of low reliability, none of them a total or a region's."""
    assert {"", "suppressed", "low-reliability"} == set(employment["status"])
    assert (employment["jobs"].isna() == (employment["status"] == "suppressed")).all()
    assert {""} == set(businesses["status"])
    marked = employment[employment["status"] != ""]
    assert marked["status"].value_counts().between(50, 500).all()
    assert "all" not in set(marked["sic"])
    assert not marked["area"].str.match(r"K03|.92|E12").any()


def test_no_hidden_cell_is_alone(employment: pd.DataFrame) -> None:
    """A single suppressed cell of an area and year could be worked out from the total: they come in twos."""
    hidden = employment[employment["status"] == "suppressed"].groupby(["area", "year"]).size()
    assert {2} == set(hidden)


def test_zeros_are_written_and_every_area_has_all_its_rows(employment: pd.DataFrame, businesses: pd.DataFrame) -> None:
    """Every area × year × industry is there, so an absent row never means nothing; `all` is among them."""
    assert len(employment) == employment["area"].nunique() * 10 * 150
    assert len(businesses) == businesses["area"].nunique() * 150 * (10 + len(SIZE_BANDS))
    assert "all" in set(employment["sic"])
    assert (employment["jobs"] == 0).any()


def test_northern_ireland_has_businesses_but_no_jobs(
    areas: pd.DataFrame, employment: pd.DataFrame, businesses: pd.DataFrame
) -> None:
    """As in BRES: no row at all for Northern Ireland, its areas, and so the United Kingdom."""
    northern = {UK, NORTHERN_IRELAND, *areas.index[areas.index.str.startswith("N12")]}
    assert northern == set(areas.index) - set(employment["area"])
    assert set(areas.index) == set(businesses["area"])


def test_total_of_an_area_is_the_sum_of_its_industries_within_rounding(employment: pd.DataFrame) -> None:
    """Each rounded cell may be off by half a step, a whole one where disclosive; in big areas that cancels out."""
    key = ["area", "year"]
    hidden = employment[employment["status"] == "suppressed"].set_index(key).index
    rows = employment.set_index(key).drop(hidden).reset_index()
    cells, total = rows[rows["sic"] != "all"], rows[rows["sic"] == "all"].set_index(key)["jobs"]
    off = (cells.groupby(key)["jobs"].sum() - total).abs()
    allowed = steps(cells["jobs"]).groupby([cells["area"], cells["year"]]).sum() + steps(total)
    assert (off <= allowed).all()
    big = total > 100_000
    assert (off[big] / total[big]).max() < 0.03
    assert (off[big] / total[big]).mean() < 0.01


def test_regions_are_rounded_on_their_own(employment: pd.DataFrame) -> None:
    """A region is the share-weighted sum of its areas, but not of their rounded rows; its own row is rounded once."""
    membership = read("membership").astype({"share": float})
    total = employment[employment["sic"] == "all"].pivot(index="area", columns="year", values="jobs")
    weights = membership[membership["area"].isin(total.index)]
    weighted = total.loc[weights["area"]].mul(weights["share"].to_numpy(), axis=0)
    parts = weighted.groupby(weights["group"].to_numpy()).sum()
    difference = ((parts - total.loc[parts.index]) / total.loc[parts.index]).abs().to_numpy()
    assert 0 < difference.max() < 0.005
    assert total.loc[parts.index].sum().to_numpy() == pytest.approx(total.loc[GB].to_numpy(), rel=0.001)


def test_size_bands_add_up_to_all_within_rounding(businesses: pd.DataFrame) -> None:
    """Nine bands and the whole, each rounded to 5 on its own: at most 25 apart, and only in the last year."""
    last = businesses[businesses["year"] == LAST]
    wide = last.pivot(index=["area", "sic"], columns="size_band", values="local_units")
    assert (wide[list(SIZE_BANDS)].sum(axis=1) - wide["all"]).abs().max() <= 25
    assert {"all"} == set(businesses["size_band"][businesses["year"] != LAST])


def test_great_britain_looks_like_itself(employment: pd.DataFrame, industries: pd.DataFrame) -> None:
    """About 30 m jobs, about 4.5 % of them creative, and creative jobs growing about two points a year faster."""
    total, creative = all_jobs(employment), creative_jobs(employment, industries)
    assert total.mean() == pytest.approx(30e6, rel=0.03)
    assert (creative / total).mean() == pytest.approx(0.045, abs=0.002)
    assert growth(creative) - growth(total - creative) == pytest.approx(0.02, abs=0.005)
    assert total[2020] < total[2019] < total[2022]


def test_it_is_the_largest_sub_sector(employment: pd.DataFrame, industries: pd.DataFrame) -> None:
    last = employment[(employment["area"] == GB) & (employment["year"] == LAST)]
    by_sub_sector = last.groupby(last["sic"].map(industries["sub_sector"]))["jobs"].sum().drop("")
    assert set(SUB_SECTORS) == set(by_sub_sector.index)
    assert "it-software-and-computer-services" == by_sub_sector.idxmax()
    assert by_sub_sector.max() / by_sub_sector.sum() == pytest.approx(0.45, abs=0.05)


def test_historic_hotspots_are_hot(areas: pd.DataFrame, quotients: pd.DataFrame) -> None:
    """London's quotient is about 2; the eleven areas of the ten published places are among the fifteen hottest."""
    assert quotients.at[LONDON_REGION, "creative"] == pytest.approx(2.0, abs=0.15)
    local = quotients.loc[areas.index[areas["level"] == "ttwa"].intersection(quotients.index), "creative"]
    assert set(areas["name"][local.nlargest(15).index]) >= HOTSPOTS


def test_creative_industries_sit_with_kibs_but_not_with_high_tech(areas: pd.DataFrame, quotients: pd.DataFrame) -> None:
    local = quotients.loc[areas.index[areas["level"] == "ttwa"].intersection(quotients.index)]
    for places in (local, local.drop(areas.index[(areas["name"] == "London") & (areas["level"] == "ttwa")])):
        correlation = places.corr()["creative"]
        assert correlation["kibs-net"] > 0.4
        assert abs(correlation["high-tech-manufacturing"]) < 0.15


def test_series_move_like_real_ones(employment: pd.DataFrame) -> None:
    """Year on year, jobs of an area move by a few per cent at most, the year 2020 aside."""
    total = employment[employment["sic"] == "all"].pivot(index="area", columns="year", values="jobs")
    big = total[total.min(axis=1) > 20_000]
    assert big.pct_change(axis=1).abs().drop(columns=[2015]).max(axis=None) < 0.1


def test_area_sizes_are_realistic(areas: pd.DataFrame, employment: pd.DataFrame) -> None:
    last = employment[(employment["year"] == LAST) & (employment["sic"] == "all")].set_index("area")["jobs"]
    local = last[areas.index[areas["level"] == "ttwa"].intersection(last.index)].rename(index=areas["name"])
    assert local["London"] == pytest.approx(5.3e6, rel=0.1)
    assert local["Manchester"] == pytest.approx(1.35e6, rel=0.1)
    assert 2_000 <= local.min() <= 5_000


def test_each_point_lies_in_its_own_outline(areas: pd.DataFrame, shapes: dict[str, shapely.Geometry]) -> None:
    """Every area has a valid outline that holds its point; local outlines share no land and leave none out."""
    assert list(areas.index) == list(shapes)
    assert all(shape.is_valid for shape in shapes.values())
    points = shapely.points(areas["longitude"].astype(float), areas["latitude"].astype(float))
    outside = [code for code, point in zip(shapes, points, strict=True) if not shapes[code].contains(point)]
    assert [] == outside
    local = [shapes[code] for code in areas.index[areas["level"] == "ttwa"]]
    assert sum(shape.area for shape in local) == pytest.approx(shapes[UK].area, rel=1e-6)
    coastline = json.loads((generator.HERE / "coastline.geojson").read_text(encoding="utf-8"))
    land = [shapely.make_valid(shapely.geometry.shape(feature["geometry"])) for feature in coastline["features"]]
    assert all(piece.difference(shapes[UK]).area < 0.001 * piece.area + 1e-6 for piece in land)


def test_outlines_are_small_and_marked_approximate() -> None:
    content = (FOLDER / "boundaries.geojson").read_bytes()
    assert len(content) < 1e6
    assert {True} == {feature["properties"]["approximate"] for feature in json.loads(content)["features"]}


def test_membership_shares_add_up_to_one(areas: pd.DataFrame) -> None:
    """Travel-to-work areas do not nest: some lie in two regions, and the parts of each make the whole."""
    membership = read("membership").astype({"share": float})
    assert set(areas.index[areas["level"] == "ttwa"]) == set(membership["area"])
    assert {"region"} == set(areas["level"][membership["group"]])
    assert np.allclose(1, membership.groupby("area")["share"].sum())
    slough = membership[membership["area"] == areas.index[areas["name"] == "Slough and Heathrow"][0]]
    assert {LONDON_REGION, "E12000008"} <= set(slough["group"][slough["share"] >= 0.1])


def test_neighbours_are_mutual() -> None:
    pairs = set(read("neighbours").itertuples(index=False, name=None))
    assert pairs == {(there, here) for here, there in pairs}


def test_innovation_rates_are_suppressed_where_few_answered(areas: pd.DataFrame) -> None:
    table = read("innovation").astype({"n": int})
    assert {UK, *areas.index[areas["level"] == "region"]} == set(table["area"])
    assert (table["n"] < 30).any()
    assert ((table["status"] == "suppressed") == (table["n"] < 30)).all()
    assert ((table["rate"] == "") == (table["status"] == "suppressed")).all()
    assert pd.to_numeric(table["rate"]).dropna().between(0, 1).all()


def test_creative_industries_supply_under_four_per_cent_of_all_output() -> None:
    """Purchases from creative industries are 3.8 % of all output, as published for 2019; none exceed an output."""
    flows = read("input_output").astype({"value_million": float})
    output = read("input_output_totals").set_index("industry")["output_million"].astype(float)
    creative = generator.read_assumptions("purchases").query("creative == 1")["industry"]
    inputs = flows["value_million"][flows["supplier"].isin(creative)].sum()
    assert inputs / output.sum() == pytest.approx(0.038, abs=0.001)
    assert len(flows) == len(output) ** 2
    for side in ("buyer", "supplier"):
        assert (flows.groupby(side)["value_million"].sum() <= output).all(), side


def test_value_added_of_sub_sectors_makes_the_whole() -> None:
    table = read("gva").pivot(index="year", columns="sector", values="gva_million").astype(float)
    assert ((table[list(SUB_SECTORS)].sum(axis=1) - table["all"]).abs() <= 5).all()
    assert (table["all"] / table["whole-economy"]).between(0.05, 0.07).all()


def test_universities_have_no_real_name(areas: pd.DataFrame) -> None:
    """Invented numbers stand beside invented institutions only, each in a local area that exists."""
    table = read("universities")
    assert 100 <= table["institution"].nunique() <= 140
    assert table["institution"].str.fullmatch(r"University \d+ in .+ \(illustrative\)").all()
    assert {"ttwa"} == set(areas["level"][table["area"]])
    assert {4} == set(table.groupby("institution")["measure"].nunique())
