"""
Area groups: groups of local areas that findings compare, as `data/groups.toml` has them, and from how many jobs on a
local area is called a city. Reads that file, a team's own before ours; knows no release.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from reportgen import toml
from reportgen.errors import ConfigurationError, Problem
from reportgen.resources import Resources

FILE = "data/groups.toml"


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AreaGroup(_Plain):
    """
    All local areas of which at least half lies in one of the regions, and the areas named, but not those of the groups
    that it is without. Codes that a release does not have are passed over.
    """

    name: str = Field(min_length=1)
    regions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Cities(_Plain):
    """From how many jobs in all industries on a local area is a city; `varied` to see whether it matters."""

    jobs: int = Field(default=75_000, ge=0)
    varied: tuple[int, ...] = (50_000, 100_000, 150_000)


class AreaGroups(_Plain):
    """Id → group."""

    groups: dict[str, AreaGroup] = Field(default_factory=dict)
    cities: Cities = Field(default_factory=Cities)

    @model_validator(mode="after")
    def _refer_to_groups(self) -> AreaGroups:
        for name, group in self.groups.items():
            for other in group.without:
                if other not in self.groups or self.groups[other].without:
                    raise ValueError(f"{name} is without {other}, which is no group, or itself without another")
        return self


NONE = AreaGroups()


def load(resources: Resources) -> AreaGroups:
    """
    The groups of `data/groups.toml`.
    Raises: ConfigurationError: the file cannot be read, or holds what no group has.
    """
    path = resources.find(FILE)
    if path is None:
        return NONE
    problems: list[Problem] = []
    written = toml.parse(path.read_bytes(), FILE, problems)
    if written is not None:
        try:
            return AreaGroups.model_validate(written)
        except ValidationError as error:
            problems += _problems(error)
    raise ConfigurationError(problems)


def _problems(error: ValidationError) -> Iterator[Problem]:
    for each in error.errors():
        place: Any = ".".join(map(str, each["loc"])) or "groups"
        yield Problem(
            "bad-groups",
            f"{place}: {each['msg']}",
            "findings compare these groups of areas",
            "write it as the groups.toml that came with reportgen does",
            file=FILE,
        )
