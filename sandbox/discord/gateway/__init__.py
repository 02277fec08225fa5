"""The gateway v10.

Source: https://discord.com/developers/docs/events/gateway
"""
