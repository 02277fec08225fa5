"""Greenlit: announces TV season news to the Discord servers that follow a show."""

__version__ = "0.1.0"
