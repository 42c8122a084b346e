"""What comes in and goes out: the case data standard and other carriers of data."""
