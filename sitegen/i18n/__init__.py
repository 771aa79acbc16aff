"""What a site says in its readers' language, and how that language writes dates and numbers.

`messages` reads the texts, `words` says them, `locales` asks Babel, `languages` knows the tags.
"""
