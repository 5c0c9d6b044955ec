"""The main process's side: accounts with their relay processes, all of them as one."""
