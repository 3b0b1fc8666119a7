"""A language: CLDR's names (through Babel) and one TOML file of what CLDR lacks; the only reader of either."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies

from etl.lexicon import Lexicon, fold

FOLDER = Path(__file__).parent / "languages"
# ISO 3166 leaves these to their users and CLDR lists them; XKX alone is in use, for Kosovo.
UNASSIGNED = re.compile("(?!XKX)(AA.|Q[M-Z].|X..|ZZ.)")
RETIRED = frozenset({"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"})  # codes that share their country with a current one
OWN_CODES = {"EU": "EU", "EZ": "EZ", "XK": "XKX", "001": "WLD", "002": "AFRICA"}
PLAIN_SECTIONS = (
    "areas",
    "pairs",
    "places",
    "scales",
    "numbers",
    "units",
    "multiples",
    "fractions",
    "fold",
    "qualifiers",
    "thresholds",
    "trailers",
    "fillers",
    "signs",
    "periods",
    "goods",
)
NO_CUES = frozenset({*PLAIN_SECTIONS, "currencies", "months"})


class Language:
    """What the extractor knows of one language: its phrases, number signs and spans of words."""

    def __init__(self, code: str) -> None:
        locale = Locale.parse(code)
        data = _words(code)
        self.decimal = str(locale.number_symbols["latn"]["decimal"])
        self.abbreviations = frozenset(data["abbreviations"]["none"])
        self.starters = frozenset(data["abbreviations"]["starters"])
        self.examples = data.get("example", [])
        self.lexicon = Lexicon(_phrases(locale, data))
        self.gate = _gate(data["cues"])


@cache
def _words(code: str) -> dict[str, Any]:
    """Return a language's file, read once."""
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


@cache
def load(code: str) -> Language:
    """Return a language by its ISO 639 code. Raises KeyError when there is no file for it."""
    if code not in known():
        raise KeyError(code)
    return Language(code)


@cache
def known() -> tuple[str, ...]:
    """Return the codes of the languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def alpha3() -> dict[str, str]:
    """Return CLDR's territory codes -> ISO 3166 alpha-3, or a group's code."""
    aliases = get_global("territory_aliases")
    codes = {targets[0]: code for code, targets in aliases.items() if _is_alpha3(code, targets)}
    regions = {code: name.upper() for code, name in Locale.parse("en").territories.items() if code.isdigit()}
    return regions | codes | OWN_CODES


@cache
def _territories_of() -> dict[str, str]:
    """Return the same the other way round."""
    return {alpha: territory for territory, alpha in alpha3().items()}


def _is_alpha3(code: str, targets: list[str]) -> bool:
    assigned = code not in RETIRED and not UNASSIGNED.fullmatch(code)
    return len(code) == 3 and code.isalpha() and len(targets) == 1 and assigned


@cache
def area_codes() -> frozenset[str]:
    """Return every code of an economy or a group that the extractor may give."""
    listed = (code for language in known() for code in _words(language)["areas"])
    return frozenset(alpha3().values()) | frozenset(listed)


@cache
def area_name(code: str, language: str = "en") -> str:
    """Return the name of an economy or group: CHN -> China, CAN+MEX -> Canada and Mexico."""
    if "+" in code:
        *names, last = (area_name(part, language) for part in code.split("+"))
        return f"{', '.join(names)} {_and(language)} {last}"
    name = Locale.parse(language).territories.get(_territories_of().get(code, code))
    if name is None:
        return code if len(code) <= 5 else code.capitalize()
    return _spoken(name, _words(language))


def _spoken(name: str, data: dict[str, Any]) -> str:
    """Return the part of a name in CLDR that is said: Hong Kong, not Hong Kong SAR China."""
    for extra in data["names"]["cut"]:
        name = name.split(extra)[0]
    return name


def _and(language: str) -> str:
    return str(Locale.parse(language).list_patterns["standard"]["2"]).replace("{0}", "").replace("{1}", "").strip()


@cache
def area_phrases(language: str = "en") -> dict[str, str]:
    """Return what economies are called, folded -> their codes, joined by + where an adjective names two."""
    said = _phrases(Locale.parse(language), _words(language))
    return {folded(phrase): meaning for phrase, section, meaning in said if section in ("areas", "pairs")}


def folded(phrase: str) -> str:
    """Return words as they are compared, whatever their case, accents and hyphens: `Sino-Russian` is `sino russian`."""
    return " ".join(fold(phrase).casefold().rstrip("*").replace("-", " ").split())


@cache
def currency_codes() -> frozenset[str]:
    """Return the ISO 4217 codes of all currencies, former ones included."""
    return frozenset(map(str, Locale.parse("en").currencies))


@cache
def currencies_of(area: str) -> frozenset[str]:
    """Return the ISO 4217 codes that have been an economy's tender since 1950."""
    rows = get_territory_currencies(_territories_of().get(area, area), tender=True, include_details=True)
    return frozenset(row["currency"] for row in rows)


@cache
def currency_name(code: str, language: str = "en", count: int = 2) -> str:
    """Return the name of amounts in a currency: `US dollars`; of one: `US dollar`."""
    return str(get_currency_name(code, count=count, locale=language))


@cache
def currency_sign(code: str, language: str = "en") -> str:
    """Return the sign of a currency, or its code where it has none."""
    return str(get_currency_symbol(code, language))


def _phrases(locale: Locale, data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for section in PLAIN_SECTIONS:
        for meaning, phrases in data[section].items():
            yield from ((phrase, section, meaning) for phrase in phrases)
    for section, meanings in data["cues"].items():
        for meaning, phrases in meanings.items():
            yield from ((phrase, section, meaning) for phrase in phrases)
    yield from _territories(locale, data)
    yield from _epithets(data)
    yield from _currencies(locale, data["currencies"])
    yield from _months(locale)
    yield from _scales(locale)


def _gate(cues: dict[str, dict[str, list[str]]]) -> tuple[str, ...]:
    """Return the shortest beginnings of the words for flows: a text with none of them states no trade figure."""
    sides = {name: phrases for name, phrases in cues["bare_flow"].items() if name in ("surplus", "deficit")}
    listed = [*cues["flow"].values(), *(phrases[:1] for phrases in sides.values())]
    words = {phrase.rstrip("*").casefold() for phrases in listed for phrase in phrases}
    return tuple(sorted(word for word in words if not any(other != word and other in word for other in words)))


def _territories(locale: Locale, data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for territory, name in locale.territories.items():
        code = alpha3().get(territory)
        if code:
            yield _spoken(name, data), "areas", code


def _epithets(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what stands for an economy by its region: the Asian giant."""
    parts = data["epithets"]
    called = [f"{adjective} {noun}" for adjective in parts["adjectives"] for noun in parts["nouns"]]
    owned = [f"{region}'s {most}" for region in parts["regions"] for most in parts["superlatives"]]
    for phrase in (*called, *(f"{most} {noun}" for most in owned for noun in parts["ranked"])):
        yield phrase, "places", "none"
        yield phrase, "anaphor", "place"


def _currencies(locale: Locale, listed: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield names and signs of currencies; one that several bear means all their codes, the usual one first."""
    bearers: dict[str, dict[str, None]] = {}
    for code, names in listed.items():
        for name in names:
            bearers.setdefault(name, {})[code] = None
    for code in map(str, locale.currencies):
        plural = locale._data["currency_names_plural"].get(code, {}).values()  # no public reader gives all plurals
        for name in (code, *(name for name in plural if "(" not in name)):
            bearers.setdefault(name, {})[code] = None
    yield from ((name, "currencies", " ".join(codes)) for name, codes in bearers.items())


def _months(locale: Locale) -> Iterator[tuple[str, str, str]]:
    for width in ("wide", "abbreviated"):
        for number, name in locale.months["format"][width].items():
            yield name, "months", str(number)


def _scales(locale: Locale) -> Iterator[tuple[str, str, str]]:
    """Yield scale words from the compact patterns: `0 thousand` under 1000 says that thousand is 1e3."""
    for width in ("long", "short"):
        for patterns in locale.compact_decimal_formats[width].values():
            for power, pattern in patterns.items():
                word = pattern.pattern.strip("0 \u00a0")
                zeros = pattern.pattern.count("0")
                if word:
                    yield word, "scales", f"{float(power) / 10 ** (zeros - 1):g}"
