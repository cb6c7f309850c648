"""English formats for Django: days before months, as in the Arabic, so that 05/09/2024 is one day in both."""

from bilingual.formats.common import *  # noqa: F403 -- both languages write and read numbers and dates alike
