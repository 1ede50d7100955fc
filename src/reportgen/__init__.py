"""reportgen: from a data release to briefing packs on the UK's creative clusters."""

__version__ = "0.1.0"
