"""What a store in plain dictionaries is made of."""
