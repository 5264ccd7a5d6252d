"""The verbs of staff: who may come in, for how long, and what is written down about it."""
