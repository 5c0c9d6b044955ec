"""The copyist: a process of its own that writes rooms' sound anew, for players that know no Opus."""
