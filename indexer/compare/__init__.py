"""Zones side by side: rows in, values out."""
