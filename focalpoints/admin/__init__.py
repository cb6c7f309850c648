"""The back office of what countries are asked and what they answer."""

from focalpoints.admin.answers import AnswerAdmin
from focalpoints.admin.requests import ConfirmationRequestAdmin

__all__ = ["AnswerAdmin", "ConfirmationRequestAdmin"]
