"""Markdown digests to entries: marks, lists, tables, sections."""
