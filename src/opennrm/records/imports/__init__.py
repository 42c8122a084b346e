"""Rows from other systems: they wait, are checked, are taken in, and can be undone for a day."""
