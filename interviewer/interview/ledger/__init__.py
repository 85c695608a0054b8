"""What a candidate has claimed over all rounds, and what in it does not fit together."""
