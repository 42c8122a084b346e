"""Tests of hand-overs between two installations, each with a database of its own."""
