"""Release: one dated set of input tables, read as strings, checked, and typed."""
