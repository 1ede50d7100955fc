"""
The rules of the house that ruff, mypy and import-linter cannot hold.
Reads the source as text and syntax trees; imports nothing of reportgen.
"""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "reportgen"
LONGEST_FILE = 400
CLOCKS = {
    *("time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.process_time"),
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
}


@functools.cache
def syntax(folder: Path) -> list[tuple[str, ast.AST]]:
    """Every node of every module below a folder, with the module's path below that folder."""
    return [
        (path.relative_to(folder).as_posix(), node)
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]


def dotted(node: ast.AST) -> str:
    """`datetime.datetime.now` of the node that stands for it; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported(node: ast.AST) -> list[str]:
    """The dotted names that a node imports, also by `import_module("name")`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and dotted(node.func).endswith("import_module"):
        return [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
    return []


def uses_of(names: set[str], allowed: str) -> list[tuple[str, int, str]]:
    """Where the source uses or imports one of the dotted names, outside the modules whose path begins as allowed."""
    return [
        (module, node.lineno, name)
        for module, node in syntax(SOURCE)
        if not module.startswith(allowed)
        for name in (dotted(node), *imported(node))
        if name and any(name == wanted or name.endswith(f".{wanted}") for wanted in names)
    ]


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """All files that are in git or would be with `git add .`."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files belong to the project is not known")
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("engine", "place"),
    [("weasyprint", ("pack/pdf.py", "pack/engine/")), ("vl_convert", ("charts/render.py",))],
    ids=["weasyprint", "vl_convert"],
)
def test_each_engine_has_one_door(engine: str, place: tuple[str, ...]) -> None:
    """Who imports an engine, at the top or in a function, is the one module that wraps it, or what makes it fast."""
    imports = [(module, name.partition(".")[0]) for module, node in syntax(SOURCE) for name in imported(node)]
    assert [] == [module for module, package in imports if package == engine and not module.startswith(place)]


def test_only_cli_speaks_and_exits() -> None:
    """
    Results go to stdout and talk to stderr in one place; everybody else raises or returns. A worker process that has
    nobody left to answer to ends itself.
    """
    speech = {"print", "sys.stdout", "sys.stderr"}
    assert [] == uses_of(speech | {"exit", "SystemExit"}, allowed="cli/")
    assert {"batch/workers.py"} == {place for place, _, _ in uses_of({"os._exit"}, allowed="cli/")}


def test_only_cli_reads_the_environment() -> None:
    """Settings get the environment handed in."""
    everywhere = uses_of({"os.environ", "os.environb", "os.getenv", "os.putenv"}, allowed="cli/")
    assert [] == [use for use in everywhere if use[0] != "pack/pdf.py"]


def test_the_pdf_module_touches_one_variable() -> None:
    """Of the environment, pack/pdf.py knows SOURCE_DATE_EPOCH and nothing else."""
    nodes = [node for module, node in syntax(SOURCE) if module == "pack/pdf.py"]
    keys = [node.slice for node in nodes if isinstance(node, ast.Subscript) and dotted(node.value) == "os.environ"]
    keys += [
        node.args[0]
        for node in nodes
        if isinstance(node, ast.Call) and dotted(node.func).startswith("os.environ.") and node.args
    ]
    touched = [node for node in nodes if dotted(node) in {"os.environ", "os.getenv", "os.putenv"}]
    assert ["SOURCE_DATE_EPOCH"] * len(touched) == [key.value for key in keys if isinstance(key, ast.Constant)]


def test_only_the_batch_looks_at_a_clock() -> None:
    """Equal inputs give equal files: no date or duration gets into a pack."""
    assert [] == uses_of(CLOCKS, allowed="batch/")


def test_files_stay_short(files: list[Path]) -> None:
    """A file that has grown long holds two things."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files if path.suffix == ".py"}
    assert {} == {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST_FILE}


def test_no_file_names_a_machine_or_a_registry(files: list[Path]) -> None:
    """What holds on one machine only, or for one mirror of a registry, stays out of the repository."""
    wanted = re.compile(rb"(?<![\w.~/-])/(?:work|tmp|root|home|opt|Users)/|pypi\.org|pythonhosted\.org|npmjs\.")
    texts = {path: path.read_bytes() for path in files if path != Path(__file__).resolve()}
    found = {path: wanted.findall(text) for path, text in texts.items() if b"\0" not in text[:8000]}
    assert {} == {str(path.relative_to(ROOT)): hits for path, hits in found.items() if hits}
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_a_skipped_test_says_why() -> None:
    """`skip`, `skipif` and `xfail` carry a reason, so that the closing lines of a run explain themselves."""
    marks = {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"}
    silent = []
    for module, node in syntax(ROOT / "tests"):
        if isinstance(node, ast.Call) and dotted(node.func) in marks | {"pytest.skip", "pytest.xfail"}:
            given = any(keyword.arg in {"reason", "msg"} for keyword in node.keywords)
            if not given and (dotted(node.func) in marks or not node.args):
                silent.append((module, node.lineno))
    decorators = [(module, d) for module, node in syntax(ROOT / "tests") for d in getattr(node, "decorator_list", [])]
    assert [] == silent + [(module, d.lineno) for module, d in decorators if dotted(d) in marks]


def said_by_code(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """
    Texts in a module that read like a sentence of a page: three words or more and a full stop. Docstrings are for us,
    problems for whoever runs the program; what an indicator is stands beside its function by decision.
    """
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in ("Problem", "Indicator"):
            passed.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            passed.update(map(id, node.values))
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if text.endswith(".") and len(re.findall(r"[^\W\d_]{2,}", text)) >= 3 and " " in text:
            yield node.lineno, text


def test_no_sentence_of_a_page_lives_in_code() -> None:
    """They stand in templates/ and data/, whole, so that a second language is possible; see CONTRIBUTING.md."""
    rooms = ("facts", "assessment", "charts", "document", "pack", "batch")
    modules = [path for room in rooms for path in sorted((SOURCE / room).rglob("*.py"))]
    found = [(path.name, *said) for path in modules for said in said_by_code(ast.parse(path.read_text("utf-8")))]
    assert [] == found


def test_no_page_says_nought() -> None:
    """A reader meets zero, by that word; names of blocks and keys are ours."""
    texts = [*sorted((ROOT / "templates").rglob("*.html")), ROOT / "data" / "words.toml"]
    reasons = tomllib.loads((ROOT / "data" / "reasons.toml").read_text("utf-8"))
    assert [] == [path.name for path in texts if "nought" in path.read_text("utf-8").lower()]
    assert "nought" not in str(list(_leaves(reasons))).lower()


def _leaves(table: object) -> Iterator[object]:
    if isinstance(table, dict):
        for value in table.values():
            yield from _leaves(value)
    else:
        yield table


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('say = "Jobs are not known."', ["Jobs are not known."]),
        ('say = f"Only {count} areas are known."', ["Only 0 areas are known."]),
        ('"""Jobs are not known."""', []),
        ('Problem("kind", "it is not known", "why so", "write it down here.")', []),
        ('kind = "ISO-8601."', []),
    ],
)
def test_a_sentence_in_code_is_found(code: str, found: list[str]) -> None:
    assert found == [text for _, text in said_by_code(ast.parse(code))]
