"""
Reasons: whole sentences for what stands in the way of a number. Each says what, why and where, so that it holds
wherever the number is used. Take words and counts, choose one of the sentences in `data/reasons.toml`; decide nothing.
"""

from reportgen.analysis.reasons.economy import *  # noqa: F403
from reportgen.analysis.reasons.figures import *  # noqa: F403
from reportgen.analysis.reasons.places import *  # noqa: F403
from reportgen.analysis.reasons.years import *  # noqa: F403
