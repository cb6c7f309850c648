"""Activities, countries, institutions and cooperation areas as objects for programs."""
