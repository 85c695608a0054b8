"""Transcripts in other people's formats, one format a module; `registry` declares them once.

A format turns an entry of a file into the native form (`interviewer.transcript/1` as JSON, roles
still by the file's own names) and, where it can be written, the native form into an entry.
"""
