"""A Dask scheduler and workers on this machine, as processes of their own: what a night on several machines has."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

SPAN = 60.0  # seconds that a process is given to be ready


class Machine:
    """A process, and what it says line by line."""

    def __init__(self, name: str, *words: str, folder: Path, path: str) -> None:
        command = [sys.executable, "-m", "dask", *words]
        environ = {
            **os.environ,
            "PYTHONPATH": path,
            "OMP_NUM_THREADS": "1",
            "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "1m",
        }
        self.name, self.lines = name, list[str]()
        self.process = subprocess.Popen(
            command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout is not None
        threading.Thread(target=self._hear, args=(self.process.stdout,), daemon=True).start()

    def _hear(self, said: IO[str]) -> None:
        for line in said:
            self.lines.append(f"{time.strftime('%H:%M:%S')} {self.name}: {line.rstrip()}")

    def wait_for(self, pattern: str) -> str:
        end = time.monotonic() + SPAN
        while time.monotonic() < end and self.process.poll() is None:
            if found := next(filter(None, (re.search(pattern, line) for line in list(self.lines))), None):
                return found[1]
            time.sleep(0.05)
        raise TimeoutError("\n".join(self.lines))

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def cluster(folder: Path, path: str, workers: int = 2) -> Iterator[tuple[str, list[Machine]]]:
    """The address of a scheduler, `dask://…`, and its workers; all of them are gone afterwards."""
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    machines = [Machine("scheduler", "scheduler", *words, folder=folder, path=path)]
    try:
        address = machines[0].wait_for(r"Scheduler at:\s+(tcp://\S+)")
        for number in range(workers):
            own = folder / f"machine-{number}"
            own.mkdir()
            words = (address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
            machines.append(Machine(f"worker-{number}", "worker", *words, "--name", str(number), folder=own, path=path))
        for machine in machines[1:]:
            machine.wait_for(r"(Registered to):")
        yield address.replace("tcp://", "dask://"), machines[1:]
    finally:
        for machine in reversed(machines):
            machine.kill()
