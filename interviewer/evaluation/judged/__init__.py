"""Follow-ups that a model judges: which are asked about, what it may say, what that comes to.

`asking` finds follow-ups and draws a sample with its controls, `verdicts` reads what a model said
of each, and `reliability` tells how far it can be relied on. Nothing here speaks to a model.
"""
