"""Readers who follow something; a test says only what matters to it."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.models import User
from django.utils import timezone

from focalpoints.following.sending import Outcome, send_digests
from focalpoints.models import Follow, Subscription

_numbers = count(1)
WEEK = timedelta(days=8)  # from any moment of one week into the next


def make_reader(*followed, language="en", **said) -> User:
    """Return somebody who has just begun to follow ``followed``: areas, countries, institutions."""
    number = next(_numbers)
    user = User.objects.create_user(**{"username": f"reader-{number}", "email": f"reader-{number}@example.org"} | said)
    Subscription.objects.create(user=user, language=language)
    for target in followed:
        name = {"cooperationarea": "area"}.get(target._meta.model_name, target._meta.model_name)
        Follow.objects.create(user=user, **{name: target})
    return user


def send_next_week(**said) -> Outcome:
    """Send the digests as they are due next week."""
    return send_digests(timezone.now() + WEEK, **said)
