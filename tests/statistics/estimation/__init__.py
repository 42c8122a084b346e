"""Tests of the estimates of people no list saw."""
