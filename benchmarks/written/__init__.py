"""Short answers of the written test, by hand in three qualities, and how well they are ordered."""
