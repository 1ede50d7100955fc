"""What is not known here is left to the page engine."""


class UnknownShapeError(Exception):
    """A picture has something that only the page engine can draw."""
