"""
The rooms of the illustrative release: facts (names, places, coastline), economy (jobs, local units), surveys (the
optional tables), outlines (shapes). Used by `tools/make_illustrative_release.py` alone; never part of the wheel.
"""
