"""Where work that is cut into shards is done: here, in several processes, on a cluster."""
