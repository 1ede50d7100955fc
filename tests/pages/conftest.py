"""Packs of the bundled release, as the tests of packs have them."""

from tests.pack.conftest import illustrative, packs

__all__ = ["illustrative", "packs"]
