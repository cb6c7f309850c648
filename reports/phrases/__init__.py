"""What the templates of a report are filled with: names, counts and dates as phrases of one language."""
