"""Annotated texts that measure the extractor: `python -m tests.gold` prints how well it reads them."""
