"""BibTeX files to entries, and their values to text."""
