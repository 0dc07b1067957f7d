"""Knowledge graph of prevention actors and collaboration forums in Swedish municipalities."""

__version__ = "0.1.0"
