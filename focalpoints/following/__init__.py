"""Following areas, countries and partners: what readers are told, how it is sent, and how they stop it."""
