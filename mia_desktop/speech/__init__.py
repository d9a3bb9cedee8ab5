"""MIA's voice."""
