"""Scripted people: who they are, what they can say, and how they come into a call and say it."""
