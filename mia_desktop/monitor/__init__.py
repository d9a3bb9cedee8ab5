"""Watches times and resources."""
