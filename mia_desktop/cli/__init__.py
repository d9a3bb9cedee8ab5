"""The ``mia`` command: the second face of the engine."""
