"""The attacker machine: random stories of one case, and outsiders who try everything."""
