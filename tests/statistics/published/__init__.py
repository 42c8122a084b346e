"""Tests of the audit of somebody else's published files."""
