"""Slash commands: read the interaction, make one call into `bot.guilds`, reply."""
