"""Evaluations that are kept with their transcripts, and the labels people give them."""
