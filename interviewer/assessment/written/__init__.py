"""Marking the written test: exact for options, by key points for what was written. Pure."""
