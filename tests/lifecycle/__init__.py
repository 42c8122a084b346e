"""Tests of the lifecycle room."""
