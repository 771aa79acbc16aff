"""Measures sitegen beside general site generators that make the same site.

`python -m tests.bench --papers 10000` prints one table. Nothing here is a test: a machine's
speed proves nothing about the code, so no figure is asserted.
"""
