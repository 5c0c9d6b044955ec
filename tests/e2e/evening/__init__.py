"""An evening on the sandbox, played unattended, heard from outside and checked by signal analysis."""
