"""Webhooks out: what happened in the shop, told to the seller's own systems, signed, until they have it."""
