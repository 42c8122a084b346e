"""Tests of the use cases, over ports kept in memory."""
