"""Article -> Claims."""

from collections import Counter

from etl.extraction import gate, sentences
from etl.extraction.claims import assemble, drafts, line
from etl.extraction.mentions.calendar import FISCAL_STARTS
from etl.extraction.mentions.clock import clock
from etl.extraction.mentions.tender import tender
from etl.language import load
from etl.model import Article, Claim, Mention


def extract(article: Article) -> list[Claim]:
    """Return the claims of an article, in the order of its text."""
    if not gate.passes(article.text, load(article.language)):
        return []
    title, lines = _read(article)
    made = drafts.drafts(title, lines, article.published)
    if area := _other_fiscal_area(lines, made):
        title, lines = _read(article, area)
        made = drafts.drafts(title, lines, article.published)
    return assemble.claims(article, lines, made)


def mentions(article: Article) -> list[Mention]:
    """Return what the finders see in every sentence of an article, in the order of its text."""
    _, lines = _read(article)
    return [mention for read in lines for mention in read.mentions]


def _other_fiscal_area(lines: list[line.Line], made: list[drafts.Draft]) -> str | None:
    """Return whose fiscal year an article means, when the figures are another economy's than the first one named."""
    if not any(item.period and item.period.fiscal for one in lines for item in one.items):
        return None
    reporters = Counter(draft.frame.reporter for draft in made if draft.frame.reporter in FISCAL_STARTS)
    return reporters.most_common(1)[0][0] if reporters else None


def _read(article: Article, fiscal: str | None = None) -> tuple[line.Line | None, list[line.Line]]:
    language = load(article.language)
    text = sentences.split(article.text, language)
    title = sentences.split(article.title, language) if article.title else sentences.headline(text)
    now = clock(article.published, article.published_precision, [*title, *text], fiscal)
    money = tender([*title, *text])
    lines = [line.read(sentence, language, now, money) for sentence in text]
    return (line.read(title[0], language, now, money) if title else None), lines
