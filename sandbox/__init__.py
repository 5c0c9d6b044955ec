"""An offline Telegram to try, test and develop against; imports nothing of the other folders."""
