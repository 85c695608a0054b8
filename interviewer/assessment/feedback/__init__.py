"""Feedback that makes the next attempt better: three items a round, one strength, one change."""
