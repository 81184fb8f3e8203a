"""An order learned from judged questions (``duibiao learn``); without such a file nothing of it runs."""
