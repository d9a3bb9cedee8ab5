"""Measures the whole of MIA on real models, beside the plain way of doing the same."""
