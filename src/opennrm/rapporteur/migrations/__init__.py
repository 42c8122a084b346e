"""Migrations of the release desk: SQL only, in the schema of the statistics copy."""
