"""What the relay account asks of Telegram, and what Telegram answers."""
