"""Levels by a judge that reads: what it sees, what of its verdicts counts. No model is here."""
