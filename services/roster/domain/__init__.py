"""Sites, teams and agents, and what may be changed about them."""
