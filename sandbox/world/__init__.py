"""The one truth behind the sandbox's doors: people, chats, messages and calls."""
