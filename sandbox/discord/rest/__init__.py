"""Discord's HTTP API v10: one file for each of its resources, served by `serve.py`."""
