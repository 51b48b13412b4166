"""Characters of the symbol fonts of Office, which are stored by their place in the font."""

from __future__ import annotations

_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"  # in the Symbol font, for a to z
_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SIGNS = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√",
}  # fmt: skip
_WINGDINGS = {
    0x6F: "☐", 0xA8: "☐", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xE0: "→", 0xF0: "⇨", 0x4A: "☺", 0x4C: "☹",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character that a font shows for a code in hexadecimal; "" for a picture that has no character."""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    place -= 0xF000 if 0xF000 <= place <= 0xF0FF else 0
    name = font.casefold()
    if name == "symbol":
        return _of_symbol_font(place)
    if "dings" in name or "symbol" in name:
        return _WINGDINGS.get(place, "")
    return chr(place) if 0x20 <= place < 0xD800 else ""


def _of_symbol_font(place: int) -> str:
    letter = chr(place)
    if "a" <= letter <= "z":
        return _GREEK[place - ord("a")]
    if "A" <= letter <= "Z":
        return _CAPITALS[place - ord("A")]
    return _SIGNS.get(place, letter if 0x20 <= place < 0x60 else "")
