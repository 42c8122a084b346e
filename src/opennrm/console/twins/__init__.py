"""Two installations on one machine that hand invented people over to each other."""
