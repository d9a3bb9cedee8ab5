"""Turns sound into words."""
