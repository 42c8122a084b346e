"""The public data files of the Counter-Trafficking Data Collaborative, and how they are read."""
