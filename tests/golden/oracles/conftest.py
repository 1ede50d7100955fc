"""The scripts here need other people's packages; pytest, which looks for doctests everywhere, passes them over."""

collect_ignore_glob = ["make_*.py"]
