"""What this installation sends by itself: due posts, tried again until they are taken."""
