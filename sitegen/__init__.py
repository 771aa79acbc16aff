"""Turns dumps of paper lists into a static site that researchers read."""
