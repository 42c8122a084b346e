"""Migrations of the co-ordination; rows are guarded by `tables.py` after each preparation."""
