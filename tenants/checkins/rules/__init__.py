"""The verbs of check-ins, by what they are about."""
