"""
Selectors: which of a style sheet hold for an element. Most sheets have none of most kinds, and need not ask the element
for them; and what an element is asked for needs no lock, as a document belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cssselect2 import Matcher
from cssselect2.tree import ElementWrapper
from webencodings import ascii_lower

_ASKED = ("etree_children", "local_name", "namespace_url", "id", "classes")


def _match(sheet: Any, element: Any) -> list[tuple[Any, ...]]:
    """What a sheet says of an element, from the least to the most specific."""
    lists = [sheet.other_selectors]
    if sheet.id_selectors and element.id is not None:
        lists.append(sheet.id_selectors.get(element.id, ()))
    if sheet.class_selectors:
        lists += [sheet.class_selectors.get(name, ()) for name in element.classes]
    if sheet.lower_local_name_selectors:
        lists.append(sheet.lower_local_name_selectors.get(ascii_lower(element.local_name), ()))
    if sheet.namespace_selectors:
        lists.append(sheet.namespace_selectors.get(element.namespace_url, ()))
    if sheet.lang_attr_selectors and "lang" in element.etree_element.attrib:
        lists.append(sheet.lang_attr_selectors)
    holding = [tuple(found) for selectors in lists for test, *found in selectors if test(element)]
    holding.sort()
    return holding


class _Once:
    """A property that is worked out when it is first asked for."""

    def __init__(self, function: Callable[[Any], Any], name: str) -> None:
        self._function, self._name = function, name

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        value = owner.__dict__[self._name] = self._function(owner)
        return value


OURS = [
    (Matcher, "match", _match),
    *((ElementWrapper, name, _Once(vars(ElementWrapper)[name].func, name)) for name in _ASKED),
]
