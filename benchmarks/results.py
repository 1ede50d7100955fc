"""What the benchmarks share: what they were run on, and the page that their results go to."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def machine(*packages: str) -> str:
    """Processor, memory, system and the versions of packages, as a sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    processor = f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"
    return f"{processor}; {platform.system()}, Python {platform.python_version()}, {', '.join(versions)}."


def save(heading: str, text: str) -> None:
    """Put the text under its heading in the page of results, in the place of what stood there."""
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results of the benchmarks\n"
    before, _, rest = page.partition(f"\n{heading}\n")
    _, mark, others = rest.partition("\n## ")
    RESULTS.write_text(f"{before}\n{heading}\n\n{text}\n{mark}{others}", encoding="utf-8")
