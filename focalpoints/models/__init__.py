"""What a country's focal point and other readers have with the programme."""

from focalpoints.models.following import Follow, Subscription

__all__ = ["Follow", "Subscription"]
