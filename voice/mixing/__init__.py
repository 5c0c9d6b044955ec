"""Sound as numbers: measured, mixed and encoded."""
