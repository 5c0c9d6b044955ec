"""What people see in Telegram chats, by python-telegram-bot."""
