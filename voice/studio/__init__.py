"""The studio: where the sound of one room comes together, and from where it goes out."""
