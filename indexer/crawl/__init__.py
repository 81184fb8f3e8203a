"""Pages are fetched from the network, within bounds."""
