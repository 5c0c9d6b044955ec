"""What the world's records look like in the Bot API's JSON."""
