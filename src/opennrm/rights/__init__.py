"""What is owed to a person and what must never happen: one small rule each, with scenarios."""
