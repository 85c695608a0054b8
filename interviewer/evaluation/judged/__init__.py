"""What a model judges: which follow-ups, turns and rounds, what it may say, what that comes to.

`asking` finds follow-ups, `parts` turns and rounds of examiners; both draw controls. `verdicts`
reads what a model said of each; `reliability` tells how far it can be relied on, `part_figures`
what it says of parts. Nothing here speaks to a model.
"""
