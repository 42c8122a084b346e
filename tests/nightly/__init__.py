"""What runs at night: the long forms of what ./test shows in short."""
