"""Profile completion: which of their details a member may fill in for a reward, once each."""
