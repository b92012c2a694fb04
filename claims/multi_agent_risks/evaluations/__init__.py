"""What `assay evaluate` computes, section by section."""
