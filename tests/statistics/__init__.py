"""Tests of the statistics room."""  # noqa: A005
