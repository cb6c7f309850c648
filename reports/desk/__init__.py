"""The report officer's desk: reports are prepared, checked, previewed and issued here."""
