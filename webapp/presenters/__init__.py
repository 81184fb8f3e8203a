"""Turns what the library answers into what a template prints: words, badges, marked text. No Flask in here."""
