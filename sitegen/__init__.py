"""sitegen turns dumps of paper lists into a static site that researchers read."""

__version__ = "0.1.0"
