"""Tests of the commands of `./run`."""
