"""
Advice: the command that says what follows for an area, and how recommendations and their conditions look in a terminal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportgen.cli.packs import Level, ReleaseId
from reportgen.cli.place import release_folder, resources, settings
from reportgen.cli.show import Show, app, command, option
from reportgen.errors import Problem, UsageError

if TYPE_CHECKING:
    from reportgen.assessment.conditions import Condition
    from reportgen.assessment.recommendations import NearMiss, Recommendation, Tested
    from reportgen.assessment.what_if import Replaced
    from reportgen.batch.recommend import Account, Examined, Recommended, Spread
    from reportgen.facts.fact import Fact

INDENT = "    "
GRADES = {"A": "A firm", "B": "B fair", "C": "C thin"}
BOUNDS = {"low": "lower end", "value": "value", "high": "upper end"}
OPPOSITES = {"above": "at-most", "at-least": "below", "at-most": "above", "below": "at-least"}


@command(app)
def recommend(
    show: Show,
    area: Annotated[str | None, typer.Argument(metavar="[AREA]", help="Code or name, in any case")] = None,
    every: Annotated[bool, option("--all", help="Count over how many areas each rule fires instead")] = False,
    what_if: Annotated[
        list[str] | None,
        option("--what-if", metavar="CONDITION", help="Try another number in the rules", shown="the numbers they have"),
    ] = None,
    level: Level = None,
    release: ReleaseId = None,
) -> None:
    """Show what follows for an area from the evidence, by which rule, how surely, and what all but follows

    A condition of --what-if is INDICATOR[.SUB-SECTOR], one of >= > <= <, and a number: it takes the place of the
    number in every condition of the rules on that indicator that looks the same way. It may be given several times.

    \b
    e.g., reportgen recommend Bristol
    e.g., reportgen recommend Bath --what-if 'location-quotient>=1.1'
    e.g., reportgen recommend --all
    """
    from reportgen.assessment.what_if import asked
    from reportgen.batch.recommend import recommend as ask
    from reportgen.batch.recommend import spread

    if every == (area is not None):
        what, why = "neither an area nor --all" if area is None else "both an area and --all", "one of them is answered"
        raise UsageError(Problem("bad-options", f"the command names {what}", why, "name an area, or give --all"))
    what_ifs = [asked(word) for word in what_if or ()]
    folder = release_folder(show, release)
    if area is None:
        counted = spread(folder, what_ifs, resources(), settings())
        show.result(list(_spread(counted)), _spread_record(counted))
        return
    found = ask(folder, area, level, what_ifs, resources(), settings())
    show.result(list(_recommended(found)), _record(found))


def of_account(account: Account) -> tuple[list[str], dict[str, Any]]:
    """The account of rules in an area, as lines and as a record: what `explain AREA/recommendation/RULE` shows."""
    lines = [f"{account.name} ({account.area}): {_plural(len(account.rules), 'rule')}"]
    for each in account.rules:
        lines += ["", *_examined(each, account)]
    record = {
        "area": account.area,
        "name": account.name,
        "rules": [
            {
                "rule": each.rule.id,
                "follows": each.told is not None,
                "conditions": {part: [_tested_record(one) for one in tested] for part, tested in each.tested.items()},
            }
            for each in account.rules
        ],
    }
    return lines, record


def _recommended(found: Recommended) -> Iterator[str]:
    advice = found.advice
    told = _plural(len(advice.recommendations), "recommendation")
    misses = _plural(len(advice.near_misses), "near miss", "near misses")
    yield f"{found.name} ({found.area}): {told} and {misses}, of {_plural(advice.asked, 'rule')} asked"
    for number, one in enumerate(advice.recommendations, start=1):
        yield ""
        yield f"[{number}] {_title(one, found.shorts)}"
        yield from _conditions(one.tested, one.binding)
        if one.partner is not None:
            yield f"{INDENT}partner: {one.partner.name} ({one.partner.kind})"
    for one in advice.further:
        yield f"follows as well, behind the first: {_title(one, found.shorts)}"
    for miss in advice.near_misses:
        yield ""
        yield f"near miss: {_called(miss, found.shorts)}"
        yield from _conditions((miss.failing,))
    if found.changes is not None:
        yield ""
        yield from _replaced(found.replaced)
        for word, some in (
            ("would follow", found.changes.comes),
            ("would no longer follow", found.changes.goes),
            ("would still follow", found.changes.stays),
        ):
            yield f"{word}: {'; '.join(_called(one, found.shorts) for one in some) or 'none'}"


def _title(one: Recommendation, shorts: Mapping[str, str]) -> str:
    return f"{_called(one, shorts)} · {GRADES[one.grade]} · {_value(one.affected)} {one.affected.unit} concerned"


def _called(one: Recommendation | NearMiss, shorts: Mapping[str, str]) -> str:
    return one.rule.id + (f" in {shorts[one.sub_sector]}" if one.sub_sector else "")


def _conditions(tested: Sequence[Tested], binding: Tested | None = None) -> Iterator[str]:
    """Three lines for each: the fact with its interval, what is asked of it, and what would flip it."""
    from reportgen.analysis.findings import BY_ID

    for each in tested:
        condition, fact = each.condition, each.fact
        yield f"{INDENT}{'✓' if each.holds else '✗'} {BY_ID[condition.indicator].name}: {_interval(fact)}   {fact.id}"
        ask = f"{INDENT * 2}asked: {BOUNDS[condition.bound]} {_asked(condition.comparison, condition.number)}"
        yield f"{ask}; {_margin(each)}{'; binding' if each == binding else ''}"
        yield f"{INDENT * 2}{_flip(each)}"


def _asked(comparison: str, number: float) -> str:
    from reportgen.facts.format import exact

    return f"{comparison.replace('-', ' ')} {exact(number)}"


def _margin(tested: Tested) -> str:
    """By how much a condition holds or fails, in words."""
    from reportgen.assessment.conditions import half_width

    if math.isinf(tested.margin):
        return "a verdict, without a margin" if tested.fact.known else "not known"
    size = f"{tested.margin:.2f}".replace("-", "−")
    unit = " half-widths of the interval" if half_width(tested.fact) else ""
    return f"margin {size}{unit}"


def _flip(tested: Tested) -> str:
    """What would have to be otherwise for a condition to come out otherwise."""
    from reportgen.assessment.conditions import reliable
    from reportgen.facts.format import exact

    condition, fact = tested.condition, tested.fact
    bound = condition.bound_of(fact)
    name = BOUNDS[condition.bound]
    if not reliable(fact):
        return f"fails whatever is asked: {fact.reason or fact.status.value}"
    if math.isnan(bound):
        return "fails whatever is asked: no interval is known"
    comparison = OPPOSITES[condition.comparison] if tested.holds else condition.comparison
    word = "fails" if tested.holds else "holds"
    return f"{name} {exact(bound)}: {word} once it is {_asked(comparison, condition.number)}"


def _looked_up(condition: Condition) -> str:
    """What a condition asks of the next release: which end of which finding, on which side of a number."""
    part = f".{condition.sub_sector}" if condition.sub_sector else ""
    whose = "" if condition.of == "area" else f" of the {condition.of}"
    asks = _asked(condition.comparison, condition.number)
    return f"{condition.indicator}{part}{whose}, {BOUNDS[condition.bound]} {asks}, in the next release"


def _replaced(replaced: Sequence[Replaced]) -> Iterator[str]:
    """Which conditions have another number, before and after."""
    for each in replaced:
        before, after = each.before, each.after
        part = f".{before.sub_sector}" if before.sub_sector else ""
        yield (
            f"what if, in {each.rule}: {before.indicator}{part}, {BOUNDS[before.bound]} "
            f"{_asked(before.comparison, before.number)}, were {_asked(after.comparison, after.number)}"
        )


def _spread(found: Spread) -> Iterator[str]:
    """A row a rule, a column a kind of area; with other numbers in the rules, how many there would be behind each."""
    yield from _replaced(found.replaced)
    kinds = list(found.areas)
    first = max(len(rule) for rule in (*found.fires, "areas without"))
    yield "  ".join([f"{'rule':<{first}}", *(f"{kind:>12}" for kind in kinds)])
    for rule, counts in found.fires.items():
        cells = [f"{counts[kind]}" + (f" → {found.would[rule][kind]}" if found.would else "") for kind in kinds]
        yield "  ".join([f"{rule:<{first}}", *(f"{cell:>12}" for cell in cells)])
    for name, numbers in (("areas without", found.without), ("areas", found.areas)):
        yield "  ".join([f"{name:<{first}}", *(f"{numbers[kind]:>12}" for kind in kinds)])


def _examined(examined: Examined, account: Account) -> Iterator[str]:
    told = examined.told
    follows = "not asked here" if not examined.tested else "does not follow"
    yield f"{examined.rule.id}: {f'follows, {GRADES[told.grade]}' if told is not None else follows}"
    for part, tested in examined.tested.items():
        if part:
            yield f"{INDENT}{account.shorts[part]}"
        yield from _conditions(tested, told.binding if told is not None and told.sub_sector == part else None)
    for name, condition in (
        ("progress", examined.rule.progress),
        ("would change our mind", examined.rule.would_change),
    ):
        if condition is not None:
            yield f"{INDENT}{name}: {_looked_up(condition)}"
    ids = dict.fromkeys(one.fact.id for tested in examined.tested.values() for one in tested)
    for id in list(ids)[:1]:
        yield f"{INDENT}what a number is made of: reportgen explain {id}"


def _value(fact: Fact) -> str:
    from reportgen.facts.format import cell

    if fact.unit == "yes or no" and fact.known:
        return "yes" if fact.value else "no"
    return cell(fact.value, fact.status, fact.unit, fact.digits)


def _interval(fact: Fact) -> str:
    from reportgen.facts.format import interval

    if fact.low is None or fact.high is None or fact.low == fact.high:
        return _value(fact)
    return f"{_value(fact)} (95 %: {interval(fact.low, fact.high, fact.unit, fact.digits)})"


def _plural(number: int, word: str, several: str = "") -> str:
    return f"{number} {word if number == 1 else several or word + 's'}"


def _record(found: Recommended) -> dict[str, Any]:
    advice = found.advice
    record: dict[str, Any] = {
        "area": found.area,
        "name": found.name,
        "asked": advice.asked,
        "recommendations": [_recommendation_record(one) for one in advice.recommendations],
        "further": [_recommendation_record(one) for one in advice.further],
        "near_misses": [
            {"rule": miss.rule.id, "sub_sector": miss.sub_sector, "failing": _tested_record(miss.failing)}
            for miss in advice.near_misses
        ],
    }
    if found.changes is not None:
        record["what_if"] = {
            "replaced": _replaced_record(found.replaced),
            **{
                name: [{"rule": one.rule.id, "sub_sector": one.sub_sector} for one in getattr(found.changes, name)]
                for name in ("comes", "goes", "stays")
            },
        }
    return record


def _recommendation_record(one: Recommendation) -> dict[str, Any]:
    return {
        "rule": one.rule.id,
        "principle": one.rule.principle,
        "sub_sector": one.sub_sector,
        "grade": one.grade,
        "affected": one.affected.value,
        "unit": one.affected.unit,
        "partner": None if one.partner is None else {"kind": one.partner.kind, "name": one.partner.name},
        "binding": one.binding.condition.name,
        "conditions": [_tested_record(each) for each in one.tested],
    }


def _tested_record(tested: Tested) -> dict[str, Any]:
    condition, fact = tested.condition, tested.fact
    return {
        "condition": condition.name,
        "fact": fact.id,
        "value": fact.value,
        "low": fact.low,
        "high": fact.high,
        "status": fact.status.value,
        "bound": condition.bound,
        "is": condition.comparison,
        "number": condition.number,
        "holds": tested.holds,
        "margin": None if math.isinf(tested.margin) else tested.margin,
    }


def _replaced_record(replaced: Sequence[Replaced]) -> list[dict[str, Any]]:
    return [
        {
            "rule": each.rule,
            "condition": each.before.name,
            "before": {"is": each.before.comparison, "number": each.before.number},
            "after": {"is": each.after.comparison, "number": each.after.number},
        }
        for each in replaced
    ]


def _spread_record(found: Spread) -> dict[str, Any]:
    record: dict[str, Any] = {"areas": found.areas, "fires": found.fires, "without": found.without}
    return record | (
        {"what_if": {"replaced": _replaced_record(found.replaced), "fires": found.would}} if found.would else {}
    )
