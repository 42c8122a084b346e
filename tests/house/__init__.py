"""Tests that look at the code itself."""
