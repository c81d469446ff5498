"""Lots as they are compared (domain 5.1)."""

import re
import unicodedata

LABEL = re.compile(r"(?:LOTE|LOT|BATCH|BN|CH\.-B\.)[\s:]+")
LOOKS_LIKE = str.maketrans("OQDILZSGB", "000112568")
FAMILIES = [
    {"octagam5", "octagam10"}, {"flebogamma5", "flebogamma10"}, {"gammaplex5", "gammaplex10"},
    {"intratect5", "intratect10"}, {"gamunex_c", "gammaked"}, {"gammagard_liquid", "kiovig"},
]


def lot_key(printed):
    """NFKC, upper case, a leading label stripped, then letters A-Z and digits alone."""
    text = unicodedata.normalize("NFKC", printed).upper().lstrip(" \t\n\v\f\r")
    text = LABEL.sub("", text, count=1) if LABEL.match(text) else text
    text = text.removeprefix("(10)")
    return "".join(one for one in text if "A" <= one <= "Z" or "0" <= one <= "9")


def skeleton(key):
    return key.translate(LOOKS_LIKE)


def is_one_slip(one, other):
    """One character replaced, left out, added, or two neighbours swapped."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) == 1:
        return any(other[:at] + other[at + 1 :] == one for at in range(len(other)))
    if len(one) != len(other):
        return False
    odd = [at for at in range(len(one)) if one[at] != other[at]]
    if len(odd) == 2:
        left, right = odd
        return right == left + 1 and one[left] == other[right] and one[right] == other[left]
    return len(odd) == 1


def is_near(one, other):
    if one == other:
        return False
    short, long = sorted((one, other), key=len)
    is_part = len(short) >= 5 and (long.startswith(short) or long.endswith(short))
    return skeleton(one) == skeleton(other) or is_one_slip(one, other) or is_part


def are_family(one, other):
    return one == other or any({one, other} <= family for family in FAMILIES)
