"""What listeners see and hear in a browser."""
