"""Why a file is not read: one code for each reason, told by the child that reads and by the portal that asked."""


class Refused(Exception):  # noqa: N818 -- the file is at fault, not the program
    """The file is not read, because of ``code`` (`activities.sheets.words` has its sentence) with its ``details``."""

    def __init__(self, code: str, **details: str | int):
        super().__init__(code)
        self.code = code
        self.details = details
