"""`make check-pages`: the pages as a browser shows them, measured by what readers need."""
