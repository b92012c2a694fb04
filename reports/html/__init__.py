"""A run as a folder of HTML pages that opens from the disk: an overview, a page for each paper, claim and counterexample, and the environment.

Nothing is fetched from anywhere, and everything can be read without JavaScript, which only sorts and filters tables.
"""

from reports.html.site import write

__all__ = ["write"]
