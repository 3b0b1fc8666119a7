"""Article -> Claims."""

from etl.extraction import gate, sentences
from etl.extraction.claims import assemble, drafts, line
from etl.extraction.mentions.clock import clock
from etl.extraction.mentions.tender import tender
from etl.language import load
from etl.model import Article, Claim, Mention


def extract(article: Article) -> list[Claim]:
    """Return the claims of an article, in the order of its text."""
    if not gate.passes(article.text, load(article.language)):
        return []
    title, lines = _read(article)
    return assemble.claims(article, lines, drafts.drafts(title, lines, article.published))


def mentions(article: Article) -> list[Mention]:
    """Return what the finders see in every sentence of an article, in the order of its text."""
    _, lines = _read(article)
    return [mention for read in lines for mention in read.mentions]


def _read(article: Article) -> tuple[line.Line | None, list[line.Line]]:
    language = load(article.language)
    text = sentences.split(article.text, language)
    title = sentences.split(article.title, language) if article.title else sentences.headline(text)
    now = clock(article.published, article.published_precision, [*title, *text])
    money = tender([*title, *text])
    lines = [line.read(sentence, language, now, money) for sentence in text]
    return (line.read(title[0], language, now, money) if title else None), lines
