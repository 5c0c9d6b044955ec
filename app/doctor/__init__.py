"""The doctor: examines all that a talk depends on, and says of each thing what was found and what to do."""
