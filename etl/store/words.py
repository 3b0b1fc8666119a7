"""The indexes of words: of all sentences and of all titles."""

from sqlalchemy import DDL, Table, column, event, table
from sqlalchemy.schema import ExecutableDDLElement

from etl.store.schema import articles, claims

# Triggers keep them beside the claims and articles.
sentences = table("sentences", column("rowid"), column("sentences"))
titles = table("titles", column("rowid"), column("titles"))


FULL_TEXT = (
    "CREATE VIRTUAL TABLE %(words)s USING fts5(%(name)s, content='%(table)s', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER %(words)s_added AFTER INSERT ON %(table)s BEGIN "
    "INSERT INTO %(words)s (rowid, %(name)s) VALUES (new.id, new.%(name)s); END",
    "CREATE TRIGGER %(words)s_removed AFTER DELETE ON %(table)s BEGIN "
    "INSERT INTO %(words)s (%(words)s, rowid, %(name)s) VALUES ('delete', old.id, old.%(name)s); END",
)


def _index_words(words: str, of: Table, name: str) -> None:
    """Index the words of a column."""
    for statement in FULL_TEXT:
        ddl: ExecutableDDLElement = DDL(statement, context={"words": words, "name": name})  # type: ignore[no-untyped-call]
        event.listen(of, "after_create", ddl.execute_if(dialect="sqlite"))


_index_words("sentences", claims, "sentence")
_index_words("titles", articles, "title")
