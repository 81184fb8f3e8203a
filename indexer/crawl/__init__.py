"""Fetching from the web: what may be asked, how politely, what was asked already, and what came."""
