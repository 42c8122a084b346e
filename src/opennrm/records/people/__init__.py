"""People of the mechanism handled by those who may: invited, given roles and keys, let back in."""
