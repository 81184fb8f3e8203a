"""Duibiao for assistants: an MCP server over standard input and output. Needs the extra ``mcp``.

``tools.py`` are the questions that may be asked, ``evidence.py`` says of every answer where it comes from and what is
not known. Nothing here decides anything: the library is asked as the API asks it.
"""
