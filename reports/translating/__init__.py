"""The translation desk: records and the state of their texts in both languages, and the way out and back in."""
