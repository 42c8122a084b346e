"""Tests of the explorer, and of the use cases against its model."""
