"""The verbs of outreach, by what they are about."""
