"""The words of the trade as frozen values. Nothing here reads a file or imports another of our packages."""
