"""What an article speaks of: its parties, its first period, and what was said last."""

from dataclasses import dataclass, field, replace
from datetime import date

from etl.extraction.claims import moments
from etl.extraction.claims.frame import CODE_LENGTH, HOME, OTHER_SIDE, THERE, WORLD, Frame
from etl.extraction.claims.line import Line
from etl.extraction.claims.measure import Reading
from etl.extraction.claims.parties import belongs
from etl.extraction.mentions.areas import OUTSIDE
from etl.model import Period

PRONOUN = 2  # items of a sentence among which a pronoun is its subject
OPENING = 2  # items of a sentence before which its time stands


@dataclass(slots=True)
class Context:
    """The topic of an article (from its title and lead), and the running state while its sentences are read."""

    reporter: str | None = None
    partner: str | None = None
    companion: str | None = None
    now_reporter: str | None = None
    frame: Frame | None = None
    told: Frame | None = None
    known: set[Period] = field(default_factory=set)
    share: Reading | None = None
    whole: set[str] = field(default_factory=set)
    beside: str | None = None
    flows: list[Frame] = field(default_factory=list)
    frame_line: int = -99
    frame_paragraph: int = -1
    near: Frame | None = None
    sign: int = 1
    paragraph: int = -1
    period: Period | None = None
    main: Period | None = None
    named: Period | None = None
    seen: str | None = None
    unit: str | None = None
    basis: tuple[Period | None, str] = (None, "yoy")
    dense: bool = False
    of_firms: bool = False
    published: date | None = None
    to_date: Period | None = None

    def parties(
        self, frame: Frame, here: Frame | None, subject: str | None, line: Line
    ) -> tuple[Frame, tuple[str, ...]]:
        """Return a frame with its parties filled, and which were.

        From the sentence: its last frame `here`, its `subject`; else from the topic.
        """
        frame = self._again(self._actor(self._group_as_partner(frame), line), line)
        filled = frame
        for rule in (self._said_by_pronoun, self._from_sentence, self._from_topic):
            filled = rule(filled, here, subject)
        if frame.partner not in (None, OTHER_SIDE, HOME, THERE):
            self.beside = frame.partner
        missing = [name for name in ("partner", "reporter") if getattr(filled, name) != getattr(frame, name)]
        if filled.flow == "trade" and filled.reporter and filled.partner == self.reporter:
            filled = replace(filled, reporter=filled.partner, partner=filled.reporter)  # seen from the article's topic
        return filled, tuple(missing)

    def _said_by_pronoun(self, frame: Frame, here: Frame | None, subject: str | None) -> Frame:
        """Fill what a pronoun stands for: its exports, trade between the two, purchases from there."""
        if frame.reporter is None and frame.own and here is None and subject not in (None, frame.partner):
            frame = replace(frame, reporter=subject)
        if frame.partner == HOME:
            frame = replace(frame, partner=self.reporter)
        if frame.partner == OTHER_SIDE and self.partner and frame.reporter in (self.reporter, self.partner):
            other = self.partner if frame.reporter == self.reporter else self.reporter
            return replace(frame, partner=self.beside if self.beside not in (None, frame.reporter) else other)
        if frame.partner in (OTHER_SIDE, THERE):
            reporter = frame.reporter or (here.reporter if here else None) or self.now_reporter or self.reporter
            near = self.frame.partner if self.frame else None
            if self.beside not in (None, reporter):
                return replace(frame, reporter=reporter, partner=self.beside)
            told = near if near and self.seen in near.split("+") else self.seen
            named = next((code for code in (subject, told, near) if code not in (None, reporter, OTHER_SIDE)), None)
            frame = replace(frame, reporter=reporter, partner=named or self._other_than(reporter, here))
        if frame.reporter == OTHER_SIDE:
            actor = subject or (here.reporter if here else None) or self.now_reporter
            other = self._other_than(actor, here)
            frame = replace(frame, reporter=other or actor, partner=frame.partner or (actor if other else None))
        if frame.pair and frame.partner is None:
            reporter = frame.reporter or self.reporter
            frame = replace(frame, reporter=reporter, partner=self._other_than(reporter, here))
        return frame

    def _actor(self, frame: Frame, line: Line) -> Frame:
        """Return a verb with the economy that a pronoun before it stands for: Jakarta ... It shipped."""
        opening = line.items[: min(frame.at, PRONOUN)]
        told = self.seen in (self.reporter, self.partner) and self.partner is not None
        if frame.verb and frame.reporter is None and told and any(item.is_("figure", "one") for item in opening):
            return replace(frame, reporter=self.seen)
        return frame

    def _again(self, frame: Frame, line: Line) -> Frame:
        """Return a balance that opens a sentence with the parties of the one just spoken of: The surplus widened."""
        if frame.flow == "balance" and self.frame is not None and _is_left(frame, line):
            whole = self.frame.partner is None
            return replace(frame, reporter=self.frame.reporter, partner=self.frame.partner, overall=whole)
        opens = 0 < frame.at <= OPENING and line.items[frame.at].is_("bare_flow") and frame.reporter is None
        article = line.items[frame.at - 1]
        definite = opens and article.is_("article") and not article.is_("indefinite")
        last = self.frame
        if not definite or frame.partner or last is None or last.flow != "balance" or last.partner is None:
            return frame
        return replace(frame, reporter=last.reporter, partner=last.partner)

    def _is_first_overall(self, frame: Frame) -> bool:
        """Tell whether a bare flow is an economy's whole one: its other side was given so, and this one not yet.

        Exports rose 5 %, those to the United States 9 %; imports fell 3 %.
        """
        other = {"exports": "imports", "imports": "exports"}.get(frame.flow)
        bare = not (frame.reporter or frame.partner or frame.product or frame.pair or frame.weak or frame.verb)
        return bare and self.partner is None and other in self.whole and frame.flow not in self.whole

    def _from_sentence(self, frame: Frame, here: Frame | None, subject: str | None) -> Frame:
        """Fill from the flow named before in the same sentence."""
        if here is None or frame.overall:
            return frame
        if frame.reporter is None and frame.partner is None:
            if self._is_mirrored(frame, here):  # China bought Saudi goods worth $5bn, 14 % of exports
                return replace(frame, reporter=here.partner, partner=here.reporter)
            return replace(frame, reporter=here.reporter, partner=here.partner, overall=here.overall)
        if frame.partner is None and frame.verb and here.verb and frame.flow == here.flow:
            return replace(frame, partner=here.partner)  # Chad imported goods from Togo worth $5bn, and Niger $3bn
        if frame.partner is None and frame.reporter in sides(here):
            return replace(frame, partner=_other(here, frame.reporter or ""))
        return frame

    def _is_mirrored(self, frame: Frame, here: Frame) -> bool:
        """Tell whether the other side's purchases go on as the sales of the economy that an article is about."""
        bought = here.verb and here.flow == "imports" and here.partner == self.reporter is not None
        return bought and frame.flow == "exports" and not frame.verb

    def _from_topic(self, frame: Frame, here: Frame | None, subject: str | None) -> Frame:
        """Fill from what the article is about."""
        if here is None and self._is_first_overall(frame):
            frame = replace(frame, overall=True)
        if frame.reporter is None and frame.partner is not None:
            return replace(frame, reporter=self._other_than(frame.partner, here))
        if frame.partner is None and self.partner and not frame.overall and here is None:
            if frame.reporter is None and self._speaks_of_all():
                return replace(frame, reporter=self.near.reporter if self.near else None, overall=True)
            if frame.reporter is None:
                return self._of_topic(frame)
            of_pair = frame.reporter in (self.reporter, self.partner)
            if of_pair and (frame.weak or frame.own or frame.verb or (self._spoke_of_both() and not frame.product)):
                return replace(frame, partner=self.partner if frame.reporter == self.reporter else self.reporter)
        if frame.reporter is None and here is None and self._continues(frame):
            return replace(frame, reporter=self.near.reporter, partner=self.near.partner) if self.near else frame
        if frame.reporter is None:
            fallback = subject if not (self.now_reporter and self.dense) and subject and len(subject) == 3 else None
            running = self.now_reporter if self.near or frame.own else None
            if frame.own and not self.dense:
                running = self.now_reporter or self.seen
            return replace(frame, reporter=fallback or running or self.reporter or self.now_reporter)
        return frame

    def _continues(self, frame: Frame) -> bool:
        """Tell whether a bare flow goes on with the parties of the figure before, in the same paragraph."""
        near = self.near
        if near is None or frame.overall or frame.product or self.partner or near.reporter == WORLD:
            return False
        return not (near.partner or "").startswith(OUTSIDE)

    def _speaks_of_all(self) -> bool:
        """Tell whether the figure before, in the same paragraph, was of an economy's trade with all partners."""
        return self.near is not None and self.near.overall and self.near.reporter is not None

    def _of_topic(self, frame: Frame) -> Frame:
        """Return a flow between the two economies of the topic, seen from the one last spoken of."""
        turned = frame.flow != "trade" and self.now_reporter == self.partner
        one, other = (self.partner, self.reporter) if turned else (self.reporter, self.partner)
        return replace(frame, reporter=one, partner=other)

    def _spoke_of_both(self) -> bool:
        """Tell whether the figure before was of the pair that the article is about."""
        return self.near is not None and sides(self.near) == {self.reporter, self.partner}

    def _group_as_partner(self, frame: Frame) -> Frame:
        """Read a group that is not the topic as the partner: EU exports, in an article on Britain."""
        code = frame.reporter or ""
        is_group = bool(code) and len(code) != 3 and "+" not in code
        rest = code.startswith(OUTSIDE)
        if not is_group or frame.partner or not (rest or (frame.beside and self._is_alien(code))):
            return frame
        return replace(frame, reporter=None, partner=code)

    def _is_alien(self, code: str) -> bool:
        return self.reporter is not None and code not in (self.reporter, self.partner)

    def _other_than(self, partner: str | None, here: Frame | None) -> str | None:
        candidates = [
            here.reporter if here else None,
            here.partner if here else None,
            self.now_reporter,
            self.reporter,
            self.partner,
            self.companion,
            self.seen,
        ]
        return next((code for code in candidates if code and code not in (partner, OTHER_SIDE)), None)

    def basis_of(self, period: Period | None, *, inherited: bool) -> str:
        """Return what a growth that does not say is measured on: as the one before of the same time, else yoy."""
        last, basis = self.basis
        return basis if inherited and period == last and basis == "prev" else "yoy"

    def date(self, period: Period, own: bool, actual: bool) -> None:
        """Remember an actual figure's period; the one printed first is the article's main one."""
        if own and actual and self.main is None:
            self.main = period
        if actual:
            self.period = period
            self.known.add(period)

    def name(self, line: Line) -> None:
        """Remember the last time that a sentence names, rather one that dates figures."""
        told = sorted((moments.usable(line, k), k) for k in line.periods)
        mentions = (line.items[k].period for _, k in reversed(told))
        self.named = next((mention.period for mention in mentions if mention and mention.period), self.named)

    def look_at(self, line: Line, opened: bool) -> None:
        """Take the time of a sentence that states no figure: November saw exports improve.

        One without a flow only speaks of the time that it opens with: Over the five months Britain bought most.
        """
        last = OPENING if opened else len(line.items)
        said = (line.items[k].period for k in line.periods if k < last and moments.is_told(line, k))
        self.period = next((mention.period for mention in said if mention and mention.period), self.period)

    def spoke(self, frame: Frame, number: int, told: Frame | None) -> None:
        """Remember the flow last spoken of, and where; `told` is the same with the partner of its last figure."""
        self.told = told
        if frame.partner is None and frame.product is None:
            self.whole.add(frame.flow)
        self.frame, self.frame_line, self.frame_paragraph = frame, number, self.paragraph

    def read(self, line: Line, found: list[Frame], resolved: list[Frame]) -> None:
        """Remember what a sentence spoke of: whose trade, which economies, flows and times."""
        for frame, filled in zip(found, resolved, strict=True):
            reporter = frame.reporter if frame.flow == "trade" else filled.reporter
            if reporter and reporter not in (frame.partner, WORLD):
                self.now_reporter = reporter
        self.flows = resolved or self.flows
        if line.areas:
            self.see(line)
        if line.periods:
            self.name(line)

    def hear(self, frame: Frame) -> None:
        """Remember on which side a balance was last said to be."""
        if frame.flow == "balance" and frame.sign:
            self.sign = frame.sign

    def see(self, line: Line) -> None:
        """Remember the last economy that a sentence names, other than the one whose figures it gives."""
        areas = (line.items[k].area for k in reversed(line.areas) if not belongs(line, k))
        codes = [area.code for area in areas if area and area.code not in (self.now_reporter, WORLD)]
        self.seen = next((code for code in codes if len(code) == CODE_LENGTH), next(iter(codes), self.seen))

    def new_sentence(self, paragraph: int) -> None:
        """Return to the main period after a look back; forget the last flow of another paragraph."""
        self.beside = None
        if paragraph != self.paragraph and self.main and self.period and _nests(self.period, self.main):
            self.period = self.main
        self.near = self.frame if paragraph == self.frame_paragraph else None
        self.paragraph = paragraph
        if self.main and self.period and self.period.end < self.main.start:
            self.period = self.main


def _is_left(frame: Frame, line: Line) -> bool:
    """Tell whether a balance is what the flows of the sentence before leave: That left a surplus of $5bn."""
    opening = line.items[:OPENING]
    return frame.reporter is None and frame.partner is None and any(item.is_("leaves") for item in opening)


def _nests(one: Period, main: Period) -> bool:
    """Tell whether a time is a part of the main one, or the months up to it where that is a month."""
    up_to = main.freq == "M" and one.end == main.end
    return up_to or (main.start <= one.start and one.end <= main.end)


def sides(frame: Frame) -> set[str | None]:
    """Return the two economies of a flow that names both."""
    return {frame.reporter, frame.partner} if frame.reporter and frame.partner else set()


def _other(frame: Frame, one: str) -> str | None:
    return frame.partner if frame.reporter == one else frame.reporter
