"""What is recorded: segments on disk, and how they become a talk with its turns."""
