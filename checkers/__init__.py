"""How claims are checked: one checker per kind of formulation, the kernel that re-checks them, the engine that runs them."""
