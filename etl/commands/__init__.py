"""The commands of `python -m etl`, each in a file of its name."""
