"""The verbs: give rewards, many with the same few statements, within budgets; and the gifts of levels."""
