"""The release desk: declared tables, published once and kept, over rows without identity."""
