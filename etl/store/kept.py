"""What the database keeps beside the claims: texts, documents, copies, corrections, and what is new."""

from collections.abc import Collection
from datetime import UTC

from sqlalchemy import func, select

from etl.corrections import Correction
from etl.findings import Rejection
from etl.model import Article
from etl.store import correcting
from etl.store.copying import OF_COPY
from etl.store.keys import pair_codes
from etl.store.reading import OF_ARTICLE, Reader
from etl.store.records import Brought, Copy, Corrected, SourceStanding, Stored, Worded
from etl.store.schema import articles, claims, copies, corrections, documents
from etl.store.selecting import Answer, Question, selected

OUTCOMES = ("stored", "empty", "rejected", "failed")  # of a document
UNUSED = OUTCOMES[2:]


class Keeper(Reader):
    """The verbs that read what stands behind the claims."""

    def texts(self, after: int, most: int) -> list[Stored]:
        """Return the current articles behind a place in the order of writing, so many at most."""
        asked = _texts().where(articles.c.id > after).order_by(articles.c.id).limit(most)
        return [_stored(row) for row in self._all(asked)]

    def texts_behind(self, after: int) -> int:
        """Return how many current articles stand behind a place in the order of writing."""
        behind = select(func.count()).where(articles.c.replaced.is_(None), articles.c.id > after)
        return int(self._all(behind)[0][0])

    def texts_of(self, article_ids: Collection[str]) -> list[Stored]:
        """Return the current versions of some articles."""
        with self._reading() as connection:
            return [_stored(row) for row in selected(connection, _texts(), articles.c.article_id, article_ids)]

    def stated_in(self, claim_ids: Collection[str]) -> dict[str, str]:
        """Return which articles state some claims, hidden ones included."""
        shown = select(claims.c.claim_id, claims.c.article_id).where(claims.c.replaced.is_(None))
        hidden = select(corrections.c.claim_id, corrections.c.article_id).where(corrections.c.article_id.is_not(None))
        with self._reading() as connection:
            found = [
                *selected(connection, hidden, corrections.c.claim_id, claim_ids),
                *selected(connection, shown, claims.c.claim_id, claim_ids),
            ]
        return {row.claim_id: row.article_id for row in found}

    def corrections(self) -> dict[str, Correction]:
        """Return all corrections that the database holds, by claim."""
        with self._reading() as connection:
            return correcting.held(connection)

    def corrected(self, article_id: str) -> dict[str, Corrected]:
        """Return what is corrected of an article, by claim."""
        asked = select(corrections).where(corrections.c.article_id == article_id)
        return {row.claim_id: correcting.told(row) for row in self._all(asked)}

    def unmet(self) -> list[Corrected]:
        """Return the corrections that change nothing, with the reasons."""
        asked = select(corrections).where(corrections.c.problem.is_not(None)).order_by(corrections.c.claim_id)
        return [correcting.told(row) for row in self._all(asked)]

    def copies(self, article_id: str) -> list[Copy]:
        """Return the documents that repeat an article, the first published first."""
        asked = select(*(copies.c[name] for name in OF_COPY)).where(copies.c.article_id == article_id)
        asked = asked.order_by(copies.c.published, copies.c.source, copies.c.address)
        return [Copy(*row) for row in self._all(asked)]

    def copy_at(self, source: str, address: str) -> Copy | None:
        """Return what a document repeats, if it is a copy."""
        asked = select(*(copies.c[name] for name in OF_COPY))
        found = self._all(asked.where(copies.c.source == source, copies.c.address == address))
        return Copy(*found[0]) if found else None

    def worded(self, words: Collection[str]) -> list[Worded]:
        """Return the current articles that have certain words, the first stored first."""
        names = ("words", "article_id", "language", "published", "published_precision")
        asked = select(*(articles.c[name] for name in names)).where(articles.c.replaced.is_(None))
        with self._reading() as connection:
            return [
                Worded(*row) for row in selected(connection, asked.order_by(articles.c.id), articles.c.words, words)
            ]

    def brought(self, refresh: int) -> list[Brought]:
        """Return how many figures of each pair were first seen by a refresh or since, most first."""
        figures = func.count().label("figures")
        new = select(claims.c.pair, figures).where(claims.c.replaced.is_(None), claims.c.first_seen >= refresh)
        found = self._all(new.group_by(claims.c.pair).order_by(figures.desc(), claims.c.pair))
        return [Brought(*pair_codes(pair), number) for pair, number in found]

    def sources(self) -> list[SourceStanding]:
        """Return what the ledger says of each source."""
        numbers = [func.count().filter(documents.c.outcome == outcome) for outcome in OUTCOMES]
        down = func.max(documents.c.reason).filter(documents.c.outcome == "down")
        asked = select(documents.c.source, *numbers, func.max(documents.c.seen), down).group_by(documents.c.source)
        return [
            SourceStanding(source, stored, empty, rejected, failed, seen.replace(tzinfo=UTC), reason)
            for source, stored, empty, rejected, failed, seen, reason in self._all(asked)
        ]

    def rejections(self) -> list[Rejection]:
        """Return the documents that could not be used, with the reasons, by source and address."""
        asked = select(documents.c.source, documents.c.address, documents.c.reason)
        asked = asked.where(documents.c.outcome.in_(UNUSED)).order_by(documents.c.source, documents.c.address)
        return [Rejection(*row) for row in self._all(asked)]


def _texts() -> Question:
    names = ("id", "digest", *OF_ARTICLE)
    return select(*(articles.c[name] for name in names)).where(articles.c.replaced.is_(None))


def _stored(row: Answer) -> Stored:
    number, digest, *values = row
    return Stored(number, digest, Article(**dict(zip(OF_ARTICLE, values, strict=True))))
