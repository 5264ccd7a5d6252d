"""The verbs of webhooks."""
