"""What a country and the programme ask and tell each other, and what readers follow."""

from focalpoints.models.answers import IN_FORCE, Answer, AnswerState
from focalpoints.models.confirmation import ConfirmationRequest, LetterState, Refusal
from focalpoints.models.following import Follow, Subscription

__all__ = [
    "IN_FORCE",
    "Answer",
    "AnswerState",
    "ConfirmationRequest",
    "Follow",
    "LetterState",
    "Refusal",
    "Subscription",
]
