"""Estimates of the people no list saw: a panel of methods, usable without the rest."""
