"""Several candidates beside each other: what each interview came to, and what all of them need.

`score_sheet` is what is kept of an assessment, `rules_digest` what it was made by, `heat_map` sets
candidates beside each other in the order of the alphabet, `needs` says what most of them lack, and
`aggregate` what may be told without telling of anybody. Pure.
"""
