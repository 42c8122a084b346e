"""The demonstration: invented people and organisations, and cases made through the use cases."""
