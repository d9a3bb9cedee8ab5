"""Memory: what was said and shown, kept, found again and forgotten."""
