"""The sandbox: stand-ins for Discord, TVmaze and the trade press on one loopback port.

It imports nothing of the bot, so the bot cannot tell it from the real services
and it cannot share the bot's mistakes.
"""
