"""Somebody else's published tables: read as they stand, and what their masks give away."""
