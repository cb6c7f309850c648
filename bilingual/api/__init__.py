"""What every answer for programs has in common: texts in both languages, pages, limits, refusals in plain words.

The interface is read-only and asks nobody who they are. It tells what the public pages tell, in both languages.
"""
