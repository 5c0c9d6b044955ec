"""The sources: all that the relay itself brings into a call, played by one `player.Player` for each room."""
