"""The window: it hears the engine's events and sends it commands. The only room that imports PySide6."""
