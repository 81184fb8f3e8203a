"""How text becomes comparable: folded, simplified, cut into terms."""
