"""What we know of shows: TVmaze, all their names, and finding the one that was meant."""
