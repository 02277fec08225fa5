"""From claims to stories, and from stories to those who hear them."""
