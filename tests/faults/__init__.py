"""Tests that stop the programs of the record in mid-work and look at what is left."""
