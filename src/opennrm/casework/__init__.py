"""Use cases on one case: load it, ask the rules, act by building facts, record them."""
