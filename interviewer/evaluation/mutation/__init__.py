"""Interviews with one thing planted in each, and how often metrics see it (EVALUATION 2.2)."""
