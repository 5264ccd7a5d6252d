"""The verbs on members: the only writers of their tables; others know them through `tenants.members`."""
