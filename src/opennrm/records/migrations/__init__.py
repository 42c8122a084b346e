"""Migrations of the records room: they run the SQL files beside them."""
