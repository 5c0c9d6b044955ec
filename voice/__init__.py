"""What happens in Telegram calls: the relay account, its sound and its recordings."""
