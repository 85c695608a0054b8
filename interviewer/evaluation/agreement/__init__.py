"""How far marks agree that people and machines gave to the same things.

`marks` says what a mark is and reads the table, `pairing` puts marks on the same thing side by
side, `statistics` has the figures, `resampling` their intervals, `powered` a mean in which few
marks of people put right many of a machine, `outcome` decisions, and `agreeing` all of it.
"""
