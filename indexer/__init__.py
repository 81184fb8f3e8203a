"""Duibiao's reading, indexing and comparing; the browser side is the package ``webapp``."""

__version__ = "0.1.0"
