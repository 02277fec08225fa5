"""From an announcement to a Discord message."""
