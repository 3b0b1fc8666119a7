"""Article -> Claims."""

from collections import Counter

from etl.extraction import gate, sentences
from etl.extraction.claims import assemble, drafts, line
from etl.extraction.mentions.calendar import FISCAL_STARTS
from etl.extraction.mentions.clock import Clock, clock
from etl.extraction.mentions.tender import tender
from etl.language import load
from etl.model import Article, Claim, Mention


def extract(article: Article) -> list[Claim]:
    """Return the claims of an article, in the order of its text."""
    if not gate.passes(article.text, load(article.language)):
        return []
    said = _Said(article)
    now = said.clock()
    title, lines = said.lines(now)
    made = drafts.drafts(title, lines, article.published)
    if (area := _other_fiscal_area(lines, made)) and (other := said.clock(area)) != now:
        title, lines = said.lines(other)
        made = drafts.drafts(title, lines, article.published)
    return assemble.claims(article, lines, made)


def mentions(article: Article) -> list[Mention]:
    """Return what the finders see in every sentence of an article, in the order of its text."""
    said = _Said(article)
    _, lines = said.lines(said.clock())
    return [mention for read in lines for mention in read.mentions]


def _other_fiscal_area(lines: list[line.Line], made: list[drafts.Draft]) -> str | None:
    """Return whose fiscal year an article means, when the figures are another economy's than the first one named."""
    times = (one.items[k].period for one in lines for k in one.periods)
    if not any(time and time.fiscal for time in times):
        return None
    reporters = Counter(draft.frame.reporter for draft in made if draft.frame.reporter in FISCAL_STARTS)
    return reporters.most_common(1)[0][0] if reporters else None


class _Said:
    """What an article says: its sentences, and its title's."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._language = load(article.language)
        self._text = sentences.split(article.text, self._language)
        self._title = (
            sentences.split(article.title, self._language) if article.title else sentences.headline(self._text)
        )
        self._tender = tender([*self._title, *self._text])

    def clock(self, fiscal: str | None = None) -> Clock:
        """Return what resolves its times; `fiscal` is whose fiscal year counts, where that is known."""
        published, precision = self._article.published, self._article.published_precision
        return clock(published, precision, [*self._title, *self._text], fiscal)

    def lines(self, now: Clock) -> tuple[line.Line | None, list[line.Line]]:
        """Return the line of its title and those of its text, read by a clock."""
        title, text = (
            [line.read(one, self._language, now, self._tender) for one in part]
            for part in (self._title[:1], self._text)
        )
        return next(iter(title), None), text
