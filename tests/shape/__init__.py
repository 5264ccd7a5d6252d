"""The rules of the house that a machine can check, by what they are about. `tests/test_shape.py` applies them."""
