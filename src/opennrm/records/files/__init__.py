"""Files from outside: told by content, scanned, written anew, locked; nothing of it runs here."""
