"""The relay process at work: what it is told, its rooms, and what it does for each of them."""
