"""`extract`: articles in, claims out, without a database."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from etl import articles, extraction, formats
from etl.attempt import attempt
from etl.commands.terminal import complain, opened
from etl.errors import PlainError
from etl.model import Article, Document, Mention, Quantity
from etl.table import DTYPES, row

...
