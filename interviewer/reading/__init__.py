"""Reading: what is in an answer, without a model and without I/O."""
