"""What is kept on disk: the archive of pages as they came, and the builds made from it."""
