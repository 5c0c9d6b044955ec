"""Refusals: every "no" that is explained to people, by what it is about."""
