"""Surveys of States, civil society and bodies: their rounds, their replies and what they show."""
