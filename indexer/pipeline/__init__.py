"""From bytes to a report: decode, extract, clean, describe, segment."""
