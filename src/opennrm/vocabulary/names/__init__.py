"""Names across spellings and scripts: how they are folded and how alike two of them are."""
