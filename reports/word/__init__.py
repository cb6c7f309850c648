"""The report as a Word document, for whoever has to edit it: made of the same HTML as the PDF."""

from reports.word.document import to_word

__all__ = ["to_word"]
