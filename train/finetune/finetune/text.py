"""The normal form of a term, as `semrel::text::normal_form` has it.

One difference: inflection after the apostrophe of a name (*TBK'nın*) stays, without the
apostrophe, because terms of a corpus stand in their dictionary form.
"""

import re
import unicodedata
from functools import lru_cache

_CASE = str.maketrans({"I": "ı", "İ": "i"})
_DASH_OR_SPACE = re.compile(r"[\s\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_QUOTE = re.compile(r"[\"“”„‟«»‹›″'’‘‚‛ʼʻʹʾʿ`´′＇]")
_OUTER = " .,;:!?…()[]{}/\\|&+*~^_="


def fold_case(text: str) -> str:
    """Lower case by Turkish rules: `I` becomes `ı`, `İ` becomes `i`."""
    return text.translate(_CASE).lower().replace("i\u0307", "i")


@lru_cache(maxsize=1 << 18)
def normal_form(term: str) -> str:
    """Case, circumflex, hyphens, quotation marks, white space and outer punctuation set aside."""
    text = _INVISIBLE.sub("", term)
    text = fold_case(unicodedata.normalize("NFKC", text))
    text = _QUOTE.sub("", _DASH_OR_SPACE.sub(" ", text)).strip(_OUTER)
    text = unicodedata.normalize("NFD", text).replace("\u0302", "")
    return unicodedata.normalize("NFC", text)


def pair_key(a: str, b: str) -> tuple[str, str]:
    """What two pairs have in common if they are the same: their normal forms in order."""
    a, b = normal_form(a), normal_form(b)
    return (a, b) if a <= b else (b, a)
