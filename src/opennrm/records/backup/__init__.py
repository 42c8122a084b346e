"""Backups: the record and its keys apart, encrypted to a key that is elsewhere, and read again."""
