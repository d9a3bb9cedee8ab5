"""MIA: a private desktop assistant that hears, sees, remembers and speaks."""

__version__ = "0.1.0"
