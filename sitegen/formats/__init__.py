"""What readers share: a dump's content, its parts by kind of document, and the values in them.

`json`, `xml`, `markdown` and `bibtex` take documents apart; the modules beside them take what
stands in a field (people, days, identifiers, addresses, words) to what a `Record` holds. Nothing
here knows a reader.
"""
