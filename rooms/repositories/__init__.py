"""Repositories: what is kept and found again of each kind, as protocols that a store fulfils."""
