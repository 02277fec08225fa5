"""A loopback TVmaze: a few dozen real shows, told as TVmaze tells them, as of the newsroom's day."""

from sandbox.tvmaze.routes import add_tvmaze
from sandbox.tvmaze.shows import Catalogue, read_catalogue

__all__ = ["Catalogue", "add_tvmaze", "read_catalogue"]
