"""Answers spoken and examiners heard: one interface, and what stands behind it.

Sound is held in memory for as long as it is being understood, and nowhere else.
"""
