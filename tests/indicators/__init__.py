"""Tests of the signs and of the advice they lead to."""
