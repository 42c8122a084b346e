"""A pure model of a case under the rules, and an explorer that walks every state it can reach."""
