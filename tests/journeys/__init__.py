"""Stories walked through in a real browser, on a real server and database."""
