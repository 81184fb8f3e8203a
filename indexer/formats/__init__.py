"""How answers are written: JSON for the command, the API and the catalogue."""
