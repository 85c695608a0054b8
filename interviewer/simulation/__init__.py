"""Simulated candidates: invented people who answer an interview, with the truth of each answer.

A candidate has a manner, a level, a language and a seed; the same candidate in the same interview
says the same. What is simulated is what the examiners, the reader and the report are measured by.
"""
