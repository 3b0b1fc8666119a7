"""What a few typed words or a figure may mean: claims, articles and publishers, each question bounded by an index."""

from sqlalchemy import ColumnElement, Subquery, case, func, or_, select, union_all

from etl.store.database import Database
from etl.store.query import WORD, Codes
from etl.store.records import Titled
from etl.store.schema import articles, claims
from etl.store.selecting import Question
from etl.store.words import sentences, titles

RATES = ("%", "pp")
LETTERS = 3  # that a begun word must have: most words begin with any one or two


class Finder(Database):
    """The verbs that find what was typed."""

    def near(self, value: float, within: float, units: Codes = (), most: int = 20) -> Codes:
        """Return the ids of the current claims whose figure, whatever its sign, lies so near to a value, nearest first.

        Without units it is an amount in any currency.
        """
        return tuple(row.claim_id for row in self._all(_near(value, within, units, most)))

    def said(self, words: str, most: int = 20) -> Codes:
        """Return the ids of the current claims whose sentences have these words, one a sentence, last written first."""
        return tuple(row.claim_id for row in self._all(_said(words, most))) if WORD.search(words) else ()

    def titled(self, words: str, most: int = 20) -> list[Titled]:
        """Return the current articles whose titles have these words, last written first."""
        return [Titled(*row) for row in self._all(_titled(words, most))] if WORD.search(words) else []

    def publishers(self, words: str, most: int = 20) -> Codes:
        """Return the publishers whose names have words that begin so."""
        return tuple(row.name for row in self._all(_publishers(words, most)))


def _near(value: float, within: float, units: Codes, most: int) -> Question:
    """Ask for the claims whose figure, whatever its sign, lies nearest to a value; no units stand for any currency."""
    sides = [side for at in (value, -value) for side in _sides(at, within, units, most)]
    found = union_all(*(select(side) for side in sides)).subquery()
    away = func.abs(func.abs(found.c.value) - abs(value))
    nearest = select(found.c.claim_id).group_by(found.c.claim_id)
    return nearest.order_by(func.min(away), func.max(found.c.id).desc()).limit(most)


def _sides(value: float, within: float, units: Codes, most: int) -> list[Subquery]:
    """Walk the index of values away from one, up and down, as far as is asked."""
    known = claims.c.unit.in_(units) if units else claims.c.unit.not_in(RATES)
    walk = select(claims.c.id, claims.c.claim_id, claims.c.value).where(claims.c.replaced.is_(None), known)
    up = walk.where(claims.c.value.between(value, value + within)).order_by(claims.c.value)
    down = walk.where(claims.c.value.between(value - within, value)).order_by(claims.c.value.desc())
    return [up.limit(most).subquery(), down.limit(most).subquery()]


def _said(words: str, most: int) -> Question:
    """Ask for the claims, last written first, whose sentences have these words."""
    listed = select(sentences.c.rowid).where(sentences.c.sentences.op("MATCH")(_typed(words)))
    # More than are asked for: a replaced claim is no longer said, and a sentence states several.
    some = listed.order_by(sentences.c.rowid.desc()).limit(10 * most)
    first = select(func.min(claims.c.id)).where(claims.c.replaced.is_(None), claims.c.id.in_(some))
    first = first.group_by(claims.c.article_id, claims.c.sentence)
    return select(claims.c.claim_id).where(claims.c.id.in_(first)).order_by(claims.c.id.desc()).limit(most)


def _titled(words: str, most: int) -> Question:
    """Ask for the articles, last written first, whose titles have these words."""
    listed = select(titles.c.rowid).where(titles.c.titles.op("MATCH")(_typed(words)))
    some = listed.order_by(titles.c.rowid.desc()).limit(10 * most)
    names = (articles.c[name] for name in ("article_id", "title", "publisher", "published", "published_precision"))
    asked = select(*names).where(articles.c.replaced.is_(None), articles.c.id.in_(some))
    return asked.order_by(articles.c.id.desc()).limit(most)


def _publishers(words: str, most: int) -> Question:
    """Ask for the publishers whose names have words that begin so, those that begin with them first."""
    first = select(func.min(articles.c.publisher).label("name")).where(_current())
    listed = first.cte("listed", recursive=True)
    # One step of the index from each name to the next, however many articles bear it.
    after = select(func.min(articles.c.publisher)).where(_current(), articles.c.publisher > listed.c.name)
    listed = listed.union_all(select(after.scalar_subquery()).where(listed.c.name.is_not(None)))
    begins = listed.c.name.istartswith(words, autoescape=True)
    fitting = or_(begins, listed.c.name.icontains(f" {words}", autoescape=True))
    return select(listed.c.name).where(fitting).order_by(case((begins, 0), else_=1), listed.c.name).limit(most)


def _current() -> ColumnElement[bool]:
    return articles.c.replaced.is_(None)


def _typed(words: str) -> str:
    """Return the expression that finds these words, the last of which may be just begun; a number is no beginning."""
    listed = [word for word in words.replace('"', " ").split() if WORD.search(word)]
    begun = len(listed[-1]) >= LETTERS and not listed[-1][-1].isdigit()
    return " ".join(f'"{word}"' for word in listed) + ("*" if begun else "")
