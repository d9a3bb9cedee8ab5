"""The conversation loop: stages, one thread each, and the facade that both faces use."""
