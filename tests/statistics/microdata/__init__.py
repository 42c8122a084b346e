"""Tests of microdata."""
