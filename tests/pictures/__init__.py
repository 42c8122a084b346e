"""Takes the pictures of the pages that the documents show, on the invented demonstration."""
