"""Models: which there are, where they come from, what suits this machine. The one room that may use the network."""
