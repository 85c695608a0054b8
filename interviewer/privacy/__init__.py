"""What is kept of people, in the database and beside it: given out, kept for a time, erased.

The database and the folders each know their own; here stands what belongs to one person in all of
them together.
"""
