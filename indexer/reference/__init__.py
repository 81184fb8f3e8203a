"""The tables of corpus/, parsed once."""
