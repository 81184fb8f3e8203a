"""The tables of corpus/, parsed."""
