"""What a server can ask of us: follow, unfollow, settings, status."""
