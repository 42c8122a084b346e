"""The walkthrough: one invented case from first contact to a published figure, told live."""
