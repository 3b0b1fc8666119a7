"""What an article speaks of: its parties, its first period, and what was said last."""

from collections import Counter
from dataclasses import dataclass, replace

from etl.extraction.claims import times
from etl.extraction.claims.frames import Frame
from etl.extraction.claims.line import Line
from etl.model import Period

LEAD = 6  # lines of an article that may say what it is about


@dataclass(slots=True)
class Context:
    """The topic of an article (from its title and lead), and the running state while its sentences are read."""

    reporter: str | None = None
    partner: str | None = None
    now_reporter: str | None = None
    frame: Frame | None = None
    frame_line: int = -99
    period: Period | None = None
    unit: str | None = None

    def parties(self, frame: Frame, here: Frame | None) -> tuple[Frame, tuple[str, ...]]:
        """Return a frame with its parties filled from the sentence's last frame `here` or the topic, and which were."""
        reporter, partner = frame.reporter, frame.partner
        if reporter is None and partner is None:
            filled = self._from_context(frame, here)
        elif reporter is None:
            filled = replace(frame, reporter=self._other_than(partner, here))
        elif partner is None and here is not None and not frame.overall and reporter in _pair(here):
            filled = replace(frame, partner=_other(here, reporter))
        elif partner is None and frame.pair:
            filled = replace(frame, partner=self._other_than(reporter, here))
        else:
            filled = frame
        missing = (name for name in ("partner", "reporter") if getattr(filled, name) != getattr(frame, name))
        return filled, tuple(missing)

    def _from_context(self, frame: Frame, here: Frame | None) -> Frame:
        if here is not None and not frame.overall:
            return replace(frame, reporter=here.reporter, partner=here.partner)
        if self.partner and not frame.overall:
            return replace(frame, reporter=self.reporter, partner=self.partner)
        return replace(frame, reporter=self.now_reporter or self.reporter)

    def _other_than(self, partner: str | None, here: Frame | None) -> str | None:
        candidates = [here.reporter if here else None, self.now_reporter, self.reporter, self.partner]
        return next((code for code in candidates if code and code != partner), None)


def _pair(frame: Frame) -> set[str | None]:
    return {frame.reporter, frame.partner} if frame.reporter and frame.partner else set()


def _other(frame: Frame, one: str) -> str | None:
    return frame.partner if frame.reporter == one else frame.reporter


def open_context(title: Line | None, lines: list[Line], frames: list[list[Frame]]) -> Context:
    """Return the context of an article before its first sentence is read; `frames[k]` are those of `lines[k]`."""
    listed = [frame for line in frames for frame in line]
    explicit = Counter(frame.reporter for frame in listed if frame.reporter)
    pairs = [frame for frame in listed[:3] if frame.reporter and frame.partner]
    reporter = explicit.most_common(1)[0][0] if explicit else _first_area(title, lines)
    partner = None
    if pairs and (pairs[0] is listed[0] or len(pairs) > 1):
        reporter, partner = pairs[0].reporter, pairs[0].partner
    return Context(reporter=reporter, partner=partner, period=_first_period(title, lines))


def _first_area(title: Line | None, lines: list[Line]) -> str | None:
    for line in [*([title] if title else []), *lines]:
        for item in line.items:
            if item.area and item.area.code != "WLD":
                return item.area.code
    return None


def _first_period(title: Line | None, lines: list[Line]) -> Period | None:
    for line in [*([title] if title else []), *lines[:LEAD]]:
        for k, item in enumerate(line.items):
            if item.period and item.period.period and times.usable(line, k):
                return item.period.period
    return None
