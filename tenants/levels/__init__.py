"""Levels: what a member's growth, spend or points have made them in this shop, and what that is worth."""
