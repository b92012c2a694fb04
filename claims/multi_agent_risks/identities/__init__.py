"""The inequalities and identities behind the claims; the kernel checks them."""
