"""People: who may come in, what they may see of an interview, what a coach asks and says.

Pure; `interviewer.storage` keeps it, `interviewer.ui` asks it.
"""
