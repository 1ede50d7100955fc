"""
Warm: loads what every worker needs, once, in the process that workers are forked from. Runs nothing of it.
"""

import contextlib

with contextlib.suppress(OSError):  # a library of the system is missing: the run has said so, or will
    import reportgen.pack.build
    import reportgen.pack.check  # noqa: F401
