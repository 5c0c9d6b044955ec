"""Relay accounts: how they sign in, where their sessions rest, and a look at each."""
