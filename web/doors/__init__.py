"""The doors of the gallery: every address, and what is answered there."""
