"""Organisations under agreement, the people who sign in for them, their roles and training."""
