"""Issued editions as objects for programs."""
