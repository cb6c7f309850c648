"""Brings the data that stand in fixtures/ into the database, as often as one likes.

A row is known by what people call it (a code, a number), never by its database id. What is there is left as it is:
staff may have changed it. What is missing is added, and what belongs to a row comes with the row or not at all.
"""

from oicvet.loading.demo import load_demo_data
from oicvet.loading.reference import load_reference_data

__all__ = ["load_demo_data", "load_reference_data"]
