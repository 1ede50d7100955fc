"""
Warm: loads what every worker needs, once, in the process that workers are forked from. Runs nothing of it.
That process goes on when it is asked to stop, as workers do: whoever began it decides, and ends it by ending itself.
"""

import contextlib
import signal

signal.signal(signal.SIGTERM, signal.SIG_IGN)

with contextlib.suppress(OSError):  # a library of the system is missing: the run has said so, or will
    import reportgen.pack.build
    import reportgen.pack.check  # noqa: F401
