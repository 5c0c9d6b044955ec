"""Text to lexemes: cuts a phrase into words, numbers and signs, and looks their meanings up."""

import re
from unicodedata import category, normalize

from bot.times.answers import TimeNotUnderstood
from bot.times.lexemes import Kind, Lexeme
from bot.times.vocabulary import Vocabulary
from bot.times.zones import offset_key, plain, zone_key

LONGEST_PHRASE = 200
"""Characters; whoever writes more is not telling a time."""

_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("[\u2018\u2019`\u00b4\u2032]", "'"),
        ("[\u2010-\u2015\u2212]", "-"),
        (r"(\d)\s*:\s*(\d)", r"\1:\2"),
        (r"(?<!\d)(\d\d?);(\d\d)(?!\d)", r"\1:\2"),
        (r"(?<=\d)\s?-?ish\b", ""),
        (r"[(\[](?=\s?\d)", ", "),  # "at 17 (18 in Rome)" is not 17:18
        (r"(\d\d:\d\d)(?::00)?(?:\.0+)?\s?z\b", r"\1:00 utc"),
        (r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d)(?!\d|:\d)", r"\1 \2:00"),  # ISO's hours are of 24
        (r"(\d{4}-\d\d-\d\d)t(?=\d)", r"\1 "),
        (r"\bo\s?'?\s?clock\b", "oclock"),
        (r"(?<![a-z'])([ap])\.?\s?m\b\.?", r"\1m"),
        (r"(?<=[a-z])'s\b", ""),
        (r"(?<=\d)'(?![\w'])", " min"),
        (r"(?<= )'(\d\d)(?!\d)", r"20\1"),  # the year '26
        (r"(?<=\d)o\b", "°"),
        (r"\bmezz(or(?:a|etta))\b", r"mezz \1"),
        (r"\bquarter after\b", "quarter past"),
        (r"\bquarter of (?!an?\b|the\b)", "quarter to "),
        ("'", " "),
        # "twenty-one", but not within a zone's key
        (r"(?<![/\w])([a-z]+)-([a-z]+)(?![/\w])", r"\1 \2"),
    )
)
_OFFSET = re.compile(
    r"""
      (?P<date> \d{4}-\d\d-\d\d (?P<iso> [tT] )? \s? )?
      (?P<clock> \d\d:\d\d ) (?P<exact> :00 (?:\.0+)? )?
      \s? (?P<offset> [+-]\d\d (?: :?\d\d )? ) (?![\d:])
    """,
    re.VERBOSE,
)
_IS = re.compile(r"(?<!\w)[\u00e8\u00c8](?!\w)")
"""Italian "is", which without its accent would be "and"."""
_TOKEN = re.compile(
    r"""
      (?P<zone>   [a-z]+ (?: / [a-z_]{2,} [a-z_+\-0-9]* )+ )
    | (?P<offset> (?:utc|gmt) \s? [+-] \s? \d{1,2} (?: :? \d{2} )? (?!\d) )
    | (?P<date>   (?: \d{4} (?P<first>[-/.]) \d{1,2} (?P=first) \d{1,2}
                    | \d{1,2} (?P<second>[-/.]) \d{1,2} (?P=second) (?: \d{4} | \d{2} )
                    | \d{1,2} [-/] \d{1,2} ) (?! \d | [-/.:]\d ) )
    | (?P<clock>  \d{1,2} : \d{1,2} (?: :\d{2} )? (?! \d | :\d ) )
    | (?P<houred> \d{1,2} h \d{2} (?! [\da-z] | [.,:]\d ) )
    | (?P<pair>   \d{1,2} [.,] \d{1,2} (?! \d | [.,:]\d ) )
    | (?P<number> \d+ )
    | (?P<word>   [a-z]+ )
    | (?P<sign>   \S )
    """,
    re.VERBOSE | re.ASCII,
)
_SIGNS = {
    ",": Kind.COMMA,
    ";": Kind.COMMA,
    "-": Kind.DASH,
    "/": Kind.OR,
    "@": Kind.AT,
    "&": Kind.AND,
    "°": Kind.SUFFIX,
}
_SILENT = frozenset(".!?()[]\"'\u2026\u00ab\u00bb\u201c\u201d*_:~\u00a1\u00bf")
_KINDS = {"date": Kind.DATE, "clock": Kind.CLOCK, "houred": Kind.HOURED, "pair": Kind.PAIR}


def lexemes(text: str, vocabulary: Vocabulary) -> list[Lexeme]:
    """The lexemes of `text`, slips of typing corrected.

    Raises TimeNotUnderstood at the first word or sign that has no meaning, or none that one talk can have.
    """
    if len(text) > LONGEST_PHRASE:
        raise TimeNotUnderstood(text[:LONGEST_PHRASE])
    found: list[Lexeme] = []
    words: list[str] = []
    for kind, piece in _pieces(_prepared(text)):
        if kind == "word":
            words.append(vocabulary.corrected(piece))
            if words[-1] not in vocabulary.words:
                raise TimeNotUnderstood(text, piece)
            continue
        if piece == "." and words:
            continue  # an abbreviation's
        found += _meanings(words, vocabulary)
        words = []
        if kind == "zone" and zone_key(piece) is None:
            found += _alternatives(piece, vocabulary)
        elif not (kind == "sign" and _is_silent(piece)):
            found.append(_lexeme(kind, piece))
    found += _meanings(words, vocabulary)
    for lexeme in found:
        if lexeme.kind in (Kind.BARRED, Kind.SLIP):
            raise TimeNotUnderstood(text, lexeme.text)
    return found


def _prepared(text: str) -> str:
    text = _IS.sub("sia", normalize("NFC", text)).replace("\u00ba", "°").replace("\u2032", "'")
    text = " ".join(plain(text).split())
    text = _OFFSET.sub(_with_offset, text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text


def _with_offset(match: re.Match[str]) -> str:
    """An instant with its offset, in the words of the vocabulary.

    A minus may as well lead to the end of a range ("09:00-10:00") where nothing speaks for an offset.
    """
    clock, offset = match["clock"], match["offset"]
    backwards = match["date"] and offset[1:] < clock
    if offset[0] == "-" and not (match["iso"] or match["exact"] or backwards):
        return match[0]
    return f"{(match['date'] or '').rstrip('tT ')} {clock}:00 utc{offset}"


def _pieces(text: str) -> list[tuple[str, str]]:
    return [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(text)]


def _is_silent(sign: str) -> bool:
    return sign in _SILENT or category(sign) in {"So", "Sk"}


def _lexeme(kind: str, piece: str) -> Lexeme:
    if kind == "zone":
        return Lexeme(Kind.ZONE, piece, name=zone_key(piece) or "")
    if kind == "offset":
        key = offset_key(piece)
        return Lexeme(Kind.ZONE if key else Kind.BARRED, piece, name=key or "")
    if kind == "number":
        return Lexeme(Kind.NUMBER if len(piece) <= 4 else Kind.BARRED, piece, int(piece[:4]))
    if kind == "sign":
        return Lexeme(_SIGNS.get(piece, Kind.BARRED), piece)
    if kind == "clock" and piece.count(":") == 2 and not piece.endswith(":00"):
        return Lexeme(Kind.BARRED, piece)
    return Lexeme(_KINDS[kind], piece)


def _alternatives(piece: str, vocabulary: Vocabulary) -> list[Lexeme]:
    """What is no zone's key is words with strokes between them: "giovedi/venerdi"."""
    found: list[Lexeme] = []
    for word in re.findall("[a-z]+", piece):
        found += [Lexeme(Kind.OR, "/")] if found else []
        found += _meanings([vocabulary.corrected(word)], vocabulary)
    return found


def _meanings(words: list[str], vocabulary: Vocabulary) -> list[Lexeme]:
    found: list[Lexeme] = []
    while words:
        known = vocabulary.lexeme(words)
        lexeme, length = known or (Lexeme(Kind.BARRED, words[0]), 1)
        found.append(lexeme)
        words = words[length:]
    return found
