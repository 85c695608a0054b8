"""Models that speak: the only room that knows LangChain and OpenAI.

`naming` reads a `provider:model` string, `opening` makes a chat model of it, `finding` says which
are within reach, `trial` tries one, `prompt` words a move for it, `voice` turns its reply into
pieces, `faults` puts what went wrong into one word, `breaker` lets it rest, `speakers` has every
interview's voice, `structured` and `filled` get values instead of words, `local` runs GGUF files.
"""
