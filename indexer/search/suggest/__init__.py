"""What is offered while one types and where nothing was found: the lists of a build, and the ways through them."""
