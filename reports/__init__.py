"""What is told: run documents as tables, Markdown and JSON. Reads the document of a run and nothing else; solves and checks nothing."""
