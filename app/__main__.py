"""`python -m app` is the command line too."""

from app.cli import main

main()
