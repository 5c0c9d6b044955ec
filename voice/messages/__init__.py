"""What main and relay process say to each other, and how it becomes bytes."""
