"""
Simulate: worlds in which the true location quotients are known, and how often the product's intervals hold them.
`worlds.py` draws, `coverage.py` counts and prints; docs/methods.md and tests/simulation rest on both.
"""
