"""The gallery, as its group minds it: its questions, and its door."""
