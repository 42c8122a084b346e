"""Questionnaires as data: their questions, versions and answers, and the files they travel in."""
