"""Tests that try to see, change or break what must not be seen, changed or broken."""
