"""What a room is and what may happen to it: rules, use cases and ports; knows none of the other folders."""
