"""How this installation calls others by itself: over HTTPS, and again until it is heard."""
