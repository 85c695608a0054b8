"""Models that speak: the only room that knows LangChain and OpenAI.

`naming` reads a `provider:model` string, `opening` makes a chat model of it, `voice` turns a move
into a prompt and a reply into pieces, `faults` puts what went wrong into one word, `breaker` lets
a failing model rest, `structured` gets values instead of words, `local` runs a GGUF file.
"""
