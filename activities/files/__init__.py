"""Lists of activities as files that readers take away: tables, objects and calendars, of any length, row by row."""
