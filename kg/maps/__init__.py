"""Maps: the collaboration forums of one municipality as one report describes them, drawn and listed in one file."""
