"""
Wording: what no sentence about findings may say, as nothing here tests what brings something about. Takes a text, gives
the words in it that claim a cause.
"""

from __future__ import annotations

import re

# As one would find them in a sentence; a blank stands for any white space. "Goes with" is what may be said.
CAUSAL = (
    "lead to|leads to|led to|leading to",
    "cause|causes|caused|causing",
    "drive|drives|drove|driven|driving|driver|drivers",
    "result in|results in|resulted in|resulting in|as a result",
    "boost|boosts|boosted|boosting",
    "spur|spurs|spurred|spurring",
    "fuel|fuels|fuelled|fuelling",
    "trigger|triggers|triggered|triggering",
    "(?:create|creates|created|creating) (?:jobs|work|growth)",
    "thanks to",
    "because of",
    "due to",
    "owing to",
    "impact of|impact on|impacts on",
    "effect of|effect on|effects on",
    "promote|promotes|promoted|promoting",
    "contribute to|contributes to|contributed to|contributing to",
    "spill over|spills over|spillover|spillovers",
)
# What denies a cause is what pages ought to say.
DENIED = ("need not cause", "what causes what", "what caused it")
_CAUSAL = re.compile(rf"\b(?:{'|'.join(CAUSAL)})\b".replace(" ", r"\s+"), re.IGNORECASE)


def causal(text: str) -> list[str]:
    """
    The words of a text that claim a cause, in their order.

    >>> causal("Growth here goes with graduates."), causal("Graduates drive growth, which\\nleads  to jobs.")
    ([], ['drive', 'leads to'])
    """
    said = re.sub("|".join(DENIED).replace(" ", r"\s+"), "", text)
    return [" ".join(found[0].split()) for found in _CAUSAL.finditer(said)]
