"""The verbs of surveys, a file for each capability."""
