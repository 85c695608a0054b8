"""Levels from what was said: pure functions, no model, each rule its own and in code."""
