"""Where sound and sight come in."""
