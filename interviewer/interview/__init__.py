"""The interview: the frozen plan, the director, the built-in voice, and one turn of it all."""
