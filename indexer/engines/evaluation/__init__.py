"""What every engine shares: matching, filters, facets, order, the page of results."""
