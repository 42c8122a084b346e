"""How an installation is put together: settings, databases, the server."""
