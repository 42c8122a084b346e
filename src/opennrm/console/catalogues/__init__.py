"""The texts of the pages in other languages: found in the code, kept in catalogues, checked."""
