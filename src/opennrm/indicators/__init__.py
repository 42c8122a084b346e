"""Signs of trafficking and how they are weighed into advice, never into a decision."""
