"""A pasted text as an article that is read and forgotten: its mentions, its claims, and its file."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from etl import extraction
from etl.articles import digest, from_record
from etl.attempt import attempt
from etl.errors import PlainError
from etl.model import Article, Claim, Mention

MOST = 50_000
LONGEST = 500  # of a line of the header


class PastedError(PlainError):
    """Why a pasted text is not read: one line that says what, and what would do."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """The fields of the form, as they were filled in."""

    text: str = ""
    date: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Self:
        """Return what a form sent; browsers end its lines with two characters."""
        given = {field.name: form.get(field.name, "").replace("\r\n", "\n").strip() for field in fields(cls)}
        return cls(**given)

    def article(self) -> Article:
        """Return the article that was pasted. Raises a PlainError where it cannot be one."""
        if not self.text:
            raise PastedError("There is no text: paste one that states trade figures.")
        if len(self.text) > MOST:
            raise PastedError(f"The text has {len(self.text):,} characters; {MOST:,} at most are read: shorten it.")
        for name in HEADER:
            value = getattr(self, name)
            if len(value) > LONGEST or "\n" in value:
                raise PastedError(f"The {name} is longer than a line of {LONGEST} characters.")
        header = {name: getattr(self, name) for name in HEADER}
        return from_record({"id": digest(self.text), "text": self.text, **header})

    def file(self) -> str:
        """Return the text as an article file, with what is known of it as its header."""
        if not self.date:
            raise PastedError("An article file needs a date: say when the text was published.")
        article = self.article()
        lines = [f"{name} {value}" for name in HEADER if (value := " ".join(getattr(self, name).split()))]
        return "\n".join([*lines, "", article.text, ""])

    def name(self) -> str:
        """Return a name for the file that no other text has."""
        return f"{self.date}-{digest(self.text)[:8]}.txt"


HEADER = ("date", "title", "publisher", "url")


def mentions(article: Article) -> list[Mention]:
    """Return what the extractor sees in a text."""
    return attempt(extraction.mentions, article)


def claims(article: Article) -> list[Claim]:
    """Return the claims of a text."""
    return attempt(extraction.extract, article)
