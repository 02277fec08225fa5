"""A loopback trade press: three invented outlets that tell a real history, day by day, in RSS."""

from sandbox.newsroom.clock import Newsroom
from sandbox.newsroom.history import History, read_history
from sandbox.newsroom.routes import add_newsroom

__all__ = ["History", "Newsroom", "add_newsroom", "read_history"]
