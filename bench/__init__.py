"""What the bot costs, measured as ratios within one run."""
