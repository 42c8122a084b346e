"""Tests of the release desk."""
