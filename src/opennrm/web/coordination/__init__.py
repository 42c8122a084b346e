"""The pages of the co-ordination: lists, sheets, their history, and what everybody may read."""
