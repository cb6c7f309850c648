"""Public codes such as ``2024-007``: a year and a running number, given once and never again."""

import re

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

# A year and a running number, as the portal gives codes.
CODE = re.compile(r"([0-9]{4})-([0-9]{3,7})")


class CodeCounter(models.Model):
    """The last running number given in a year, so that no code is ever given twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("code counter")
        verbose_name_plural = _("code counters")

    def __str__(self):
        return f"{self.year}: {self.last}"

    @classmethod
    def next_code(cls, year: int) -> str:
        """Take the next code of ``year``, such as ``2024-007``; the counter's row is locked until the save ends."""
        return cls.next_codes(year, 1)[0]

    @classmethod
    def next_codes(cls, year: int, count: int) -> list[str]:
        """Take the next ``count`` codes of ``year`` at once, in order."""
        with transaction.atomic():
            cls.objects.get_or_create(year=year)
            counter = cls.objects.select_for_update().get(year=year)
            first = counter.last + 1
            counter.last += count
            counter.save()
        return [f"{year}-{number:03d}" for number in range(first, first + count)]

    @classmethod
    def reserve(cls, code: str) -> None:
        """Never give ``code`` to another activity: its year's counter moves up to it, and never back.

        A code of another shape than ours cannot be given anyway.
        """
        if found := CODE.fullmatch(code):
            year, number = int(found[1]), int(found[2])
            cls.objects.get_or_create(year=year)
            cls.objects.filter(year=year, last__lt=number).update(last=number)
