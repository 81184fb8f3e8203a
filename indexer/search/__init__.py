"""A question in the user's words becomes a Query; what was found is explained."""
