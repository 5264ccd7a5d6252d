"""The verbs: count what members do, judge what level it makes them, and say why."""
