"""Arabic formats for Django: days before months, Western digits, a comma between thousands.

Django's own read 05/09/2024 as the ninth of May and write decimals with a comma.
"""

from bilingual.formats.common import *  # noqa: F403 -- both languages write and read numbers and dates alike
