"""The points mall: what members can have for their points, and its way to them."""
