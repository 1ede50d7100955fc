"""
Make the bundled release illustrative-2024: plausible tables without one measured value.

Names, codes, points, region shares, neighbours and the coastline are facts (tools/illustrative/README.md names their
sources); every number of jobs, local units, answers, pounds and graduates is drawn. The same seed gives the same files.
Each stage below has a random generator of its own, so changing one leaves the draws of the others as they were:

 1 jobs of a place: residents (small areas × persons) × jobs per resident, 0.43 with a spread of 12 %; GB near BRES's
   30 m
 2 blocks of a place: creative as given for the eleven historic hotspots, elsewhere by size and nearness to London with
   a spread of 24 %; KIBS net follows creative (power 0.6, spread 22 %); high-tech manufacturing does not
 3 industries of a place: size, sub-sector, specialisms and chance, fitted to both margins (industries.csv)
 4 lumps: a gamma factor, wider where a cell has few workplaces; fitted again
 5 years: national growth (creative about two points a year above the rest), the dip of 2020-21, local drift
 6 noise: AR(1), about 1 % in big cells and 10 % at 80 jobs
 7 local units and 8 their noise; 9 their size bands (log-normal sizes)
10 disclosive, suppressed and low-reliability cells of small areas; rounding to the lattice of open-access BRES
11 innovation survey (UKIS: 36 to 45 % innovation-active), 12 value added (DCMS: about 6 % of the economy),
13 purchases between industries (ONS 2019: creative inputs 3.8 % of all output), 14 universities without real names

    python tools/make_illustrative_release.py                                   # → data/releases/illustrative-2024
    python tools/make_illustrative_release.py --to FOLDER
    python tools/make_illustrative_release.py --facts DATA --atlas COUNTRIES    # first rebuild the fact tables
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from illustrative import facts, outlines, publish, surveys
from illustrative.economy import PERSONS, Economy, build_economy

from reportgen.release.tables import BY_NAME, SIZE_BANDS

SEED = 20240
HERE = Path(__file__).parent / "illustrative"
TARGET = Path(__file__).parents[1] / "data" / "releases" / "illustrative-2024"
UNITED_KINGDOM, GREAT_BRITAIN, NORTHERN_IRELAND = "K02000001", "K03000001", "N92000002"
REGIONS = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
    "N92000002": "Northern Ireland",
    "S92000003": "Scotland",
    "W92000004": "Wales",
}
ANSWERS = (
    1_200  # businesses that answer an innovation survey in a region of average size; smaller ones are over-sampled
)
PACKED = ("employment.csv", "businesses.csv", "input_output.csv")  # stored gzipped


def release_files() -> dict[str, bytes]:
    """Every file of the release, by its name before packing."""
    places = read_places()
    shares = read_facts("shares")[["area", "group", "share"]]
    economy = build_economy(
        places,
        read_assumptions("industries"),
        read_assumptions("specialisms"),
        SEED,
        tuple(int(band.split("-")[0].rstrip("+")) for band in SIZE_BANDS),
    )
    shapes = make_outlines(places, shares)
    tables = make_tables(places, shares, economy, shapes)
    files = {f"{name}.csv": as_csv(name, table) for name, table in tables.items()}
    files["boundaries.geojson"] = boundaries(tables["areas"], shapes)
    files["release.toml"] = (HERE / "release.toml").read_bytes()
    return files


def write_release(folder: Path) -> None:
    """Write the release into `folder`, which is made if need be; big tables are packed without a name or a time."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in release_files().items():
        if name in PACKED:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content, compresslevel=6, mtime=0))
        else:
            (folder / name).write_bytes(content)


def read_facts(name: str) -> pd.DataFrame:
    """One of the fact tables: areas, shares, neighbours. Codes and names stay text."""
    text = dict.fromkeys(("code", "name", "area", "group", "neighbour"), str)
    return pd.read_csv(HERE / f"{name}.csv", dtype=text, keep_default_na=False)


def read_assumptions(name: str) -> pd.DataFrame:
    """One of the tables of model parameters: industries, places, specialisms, purchases."""
    text = dict.fromkeys(("area", "name", "sic", "group", "sub_sector", "industry"), str)
    blanks = {column: [""] for column in ("creative_quotient", "jobs_per_person")}
    return pd.read_csv(HERE / f"{name}.csv", dtype=text, keep_default_na=False, na_values=blanks)


def read_places() -> pd.DataFrame:
    """The travel-to-work areas with residents by their small areas, country, and the parameters given for some."""
    shares = read_facts("shares")
    shares["persons"] = shares["small_areas"] * shares["group"].str[0].map(PERSONS)
    given = read_assumptions("places").set_index("area")[["creative_quotient", "jobs_per_person"]]
    places = read_facts("areas").set_index("code")
    places["persons"] = shares.groupby("area")["persons"].sum()
    places["country"] = shares.groupby("area")["group"].first().str[0]
    return places.join(given).reset_index()


def make_tables(
    places: pd.DataFrame, shares: pd.DataFrame, economy: Economy, shapes: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    """Every table of the release by its name."""
    groups = shares.pivot(index="group", columns="area", values="share").fillna(0.0).loc[sorted(REGIONS)]
    groups = groups[places["code"]]
    britain = (places.set_index("code")["country"] != "N").astype(float)
    everything = pd.concat(
        [
            pd.DataFrame({UNITED_KINGDOM: 1.0, GREAT_BRITAIN: britain}, index=britain.index).T,
            groups,
        ]
    )
    flows, totals = surveys.purchases(read_assumptions("purchases"), SEED)
    creative = (economy.industries["group"] == "creative").to_numpy()
    jobs = economy.jobs[:, :, -1]
    quotient = jobs[:, creative].sum(axis=1) / jobs.sum(axis=1) / (jobs[:, creative].sum() / jobs.sum())
    workplaces = (groups @ economy.units[:, :, -1].sum(axis=1)).loc[sorted(REGIONS)]
    answers = ANSWERS * (workplaces / workplaces.mean()) ** 0.4
    return {
        "areas": area_table(places, shares, shapes),
        "employment": publish.employment(economy, everything.drop([UNITED_KINGDOM, NORTHERN_IRELAND]), SEED),
        "businesses": publish.businesses(economy, everything, SIZE_BANDS),
        "innovation": surveys.innovation(answers, UNITED_KINGDOM, SEED),
        "gva": surveys.value_added(SEED),
        "input_output": flows,
        "input_output_totals": totals,
        "universities": surveys.universities(places.assign(quotient=quotient), SEED),
        "membership": shares,
        "neighbours": read_facts("neighbours"),
    }


def area_table(places: pd.DataFrame, shares: pd.DataFrame, shapes: Mapping[str, Any]) -> pd.DataFrame:
    """The United Kingdom, Great Britain, countries and regions, travel-to-work areas, in this order."""
    rows = [
        (UNITED_KINGDOM, "United Kingdom", "national", "", *_inside(shapes[UNITED_KINGDOM])),
        (GREAT_BRITAIN, "Great Britain", "benchmark", UNITED_KINGDOM, *_inside(shapes[GREAT_BRITAIN])),
    ]
    for code in sorted(REGIONS):
        parent = UNITED_KINGDOM if code == NORTHERN_IRELAND else GREAT_BRITAIN
        rows.append((code, REGIONS[code], "region", parent, *_inside(shapes[code])))
    home = shares.groupby("area")["group"].first()  # the biggest share comes first
    for row in places.itertuples():
        across = row.code.startswith("K01")  # the code of an area that crosses a country's border
        parent = UNITED_KINGDOM if across else home[row.code]
        rows.append((row.code, row.name, "ttwa", parent, row.latitude, row.longitude))
    return pd.DataFrame(rows, columns=BY_NAME["areas"].header)


def make_outlines(places: pd.DataFrame, shares: pd.DataFrame) -> dict[str, Any]:
    """The approximate shape of every area; a region is made of the areas of which it has the biggest part."""
    coastline = json.loads((HERE / "coastline.geojson").read_text(encoding="utf-8"))
    local = outlines.local_outlines(places, coastline)
    home = shares.groupby("area")["group"].first()
    members = {code: sorted(home.index[home == code]) for code in sorted(REGIONS)}
    members |= {UNITED_KINGDOM: sorted(local), GREAT_BRITAIN: sorted(set(local) - set(members[NORTHERN_IRELAND]))}
    return {**outlines.group_outlines(local, members), **local}


def boundaries(areas: pd.DataFrame, shapes: Mapping[str, Any]) -> bytes:
    """boundaries.geojson, one feature a line, in the order of areas.csv."""
    features = [
        json.dumps(outlines.as_feature(row.code, row.name, shapes[row.code]), ensure_ascii=False, separators=(",", ":"))
        for row in areas.itertuples()
    ]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n").encode()


def as_csv(name: str, table: pd.DataFrame) -> bytes:
    """One table with the columns that its declaration names, in that order."""
    return table[list(BY_NAME[name].header)].to_csv(index=False, lineterminator="\n").encode()


def _inside(shape: Any) -> tuple[float, float]:
    point = shape.representative_point()
    return round(point.y, facts.DECIMALS), round(point.x, facts.DECIMALS)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the bundled release of illustrative data")
    parser.add_argument("--to", type=Path, default=TARGET, help="folder to write [default: %(default)s]")
    parser.add_argument("--facts", type=Path, help="first rebuild areas, shares and neighbours from this data folder")
    parser.add_argument("--atlas", type=Path, help="with --facts: rebuild the coastline from this countries-10m.json")
    options = parser.parse_args()
    if options.facts:
        facts.write_facts(options.facts, HERE)
        if options.atlas:
            facts.write_coastline(options.atlas, options.facts, HERE)
    write_release(options.to)
    print(options.to)


if __name__ == "__main__":
    main()
