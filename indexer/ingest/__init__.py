"""Pages go in: what is given becomes a page of the archive, the archive becomes a build."""
