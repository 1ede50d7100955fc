"""
Templates: found file by file, a team's own before ours; and what is wrong with one of its own, with file and row.
Reads templates and fills them in; chooses none.
"""

from __future__ import annotations

import functools
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.debug import rewrite_traceback_stack

from reportgen import kept
from reportgen.errors import ConfigurationError, Problem, ReportgenError
from reportgen.facts.said import NotKnownError
from reportgen.resources import Folder

WHY = "a page would lack what its author put there"
FIX = "correct it, or delete your own file so that ours counts"


@functools.cache
def environment(templates: Folder) -> Environment:
    """One environment for the same templates, so that a worker parses each template once."""

    def load(name: str) -> tuple[str, str, None] | None:
        path = templates.find(name)
        return None if path is None else (path.read_text(encoding="utf-8"), str(path), None)

    return Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, bytecode_cache=_Compiled()
    )


class _Compiled(BytecodeCache):
    """Templates as they were compiled before, where such things are kept: a process spends half a second on it."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if (found := kept.get("templates", bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        kept.put("templates", bucket.key + bucket.checksum, bucket.bytecode_to_string())


def faults(templates: Folder) -> list[Problem]:
    """
    What is wrong with the templates of a team's own: that they cannot be read, or lack a block that those in whose
    place they stand have.
    """
    own = [name for name, path in templates.files("**/*.html").items() if templates.is_own(path)]
    return [problem for name in own for problem in _wrong(templates, name)]


@contextmanager
def told(templates: Folder) -> Iterator[None]:
    """
    Turn a fault while templates speak into a problem for their author, where one of the team's own has a part in it; a
    fault in ours is a fault of reportgen and goes on as it is.
    """
    try:
        yield
    except ReportgenError:
        raise
    except Exception as error:
        rewrite_traceback_stack()  # from the rows of compiled templates to those of their files
        problem = _problem(templates, error)
        if problem is None:
            raise
        raise ConfigurationError(problem) from error


def no_block(templates: Folder, name: str, block: str) -> Problem:
    """The problem that a template does not have what the page asks of it."""
    what, fix = f"the template has no block {block}", f"add {{% block {block} %}} as ours has it"
    why = "the page asks for it"
    return Problem("bad-template", what, why, f"{fix}, or delete your own file", file=f"{templates.name}/{name}")


def _wrong(templates: Folder, name: str) -> Iterator[Problem]:
    file = f"{templates.name}/{name}"
    try:
        blocks = environment(templates).get_template(name).blocks
    except TemplateSyntaxError as error:
        yield Problem(
            "bad-template", f"the template cannot be read: {error.message}", WHY, FIX, file=file, row=error.lineno
        )
        return
    except UnicodeDecodeError as error:
        yield Problem("bad-template", f"the template is not UTF-8: {error.reason}", WHY, "save it as UTF-8", file=file)
        return
    if templates.bundled.find(name) is not None:
        for block in environment(templates.bundled).get_template(name).blocks:
            if block not in blocks:
                yield no_block(templates, name, block)


def _problem(templates: Folder, error: Exception) -> Problem | None:
    """The problem with a template of the team's own: at the innermost of its rows that had a part in the fault."""
    files = {str(path): name for name, path in templates.files("**/*.html").items() if templates.is_own(path)}
    rows = [(frame.f_code.co_filename, row) for frame, row in traceback.walk_tb(error.__traceback__)]
    own = [(files[file], row) for file, row in rows if file in files]
    what = f"the template cannot be filled in: {error}"
    if own:
        name, row = own[-1]
        if isinstance(error, NotKnownError):
            what = f"the template says a number that is not known: {str(error).partition(':')[0]}"
            why = "a number that is not known can only be said by a sentence of its own"
            fix = "ask first: {% if FACT.known %} … {% else %} {{ FACT.reason }} {% endif %}"
            return Problem("bad-template", what, why, fix, file=f"{templates.name}/{name}", row=row)
        fix = FIX if templates.bundled.find(name) else "correct it; docs/own-material.md has an example"
        return Problem("bad-template", what, WHY, fix, file=f"{templates.name}/{name}", row=row)
    if files and isinstance(error, TemplateError):
        fix = "compare your own templates with ours: one of them lacks what another asks for"
        return Problem("bad-template", what, WHY, fix, file=templates.name, detail=", ".join(files.values()))
    return None
