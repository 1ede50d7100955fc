"""Checks: what no single field shows: rows against rows, tables against tables and against release.toml."""
