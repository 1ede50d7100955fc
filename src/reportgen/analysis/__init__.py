"""Analysis: from a checked release to tidy rows of findings. Pure functions on arrays and frames."""
