"""Mastering: what becomes of a talk's recording once the talk is over, in a process of its own."""
