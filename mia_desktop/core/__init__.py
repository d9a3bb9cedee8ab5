"""Shapes, contracts and plumbing that every other room shares. Imports numpy and the standard library only."""
