"""The charts: pages, figures and downloads of what articles state about trade."""
