"""Run the command with `python -m kg`, where the script is not on the path."""

from kg.cli import main

main()
