"""Content: persona, rubric, format, company and template files read into frozen values."""
