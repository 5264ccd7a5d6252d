"""The verbs of pictures; sole writers of their table."""
