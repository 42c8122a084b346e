"""The door for programs: the same use cases and queries as the pages, as JSON over HTTP."""
