"""Hand-overs between States made real: keys, partners, words kept and sent, messages taken in."""
