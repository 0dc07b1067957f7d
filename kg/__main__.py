"""Run the command with `python -m kg`, where the script is not on the path."""

from kg.cli import main

if __name__ == "__main__":  # processes that are started beside import this module again
    main()
