"""Texts of all kinds that nest, repeat or expand without end."""

from __future__ import annotations

from tests.hostile.office_bombs import BILLION_LAUGHS, TEXT


def nested_html(depth: int, tag: str = "div") -> bytes:
    """A box in a box, in a web page."""
    return f"<html><body>{f'<{tag}>' * depth}<p>{TEXT}</p>{f'</{tag}>' * depth}</body></html>".encode()


def unclosed_html(number: int) -> bytes:
    """Tags that are opened and never closed."""
    return f"<html><body>{'<b><p>' * number}{TEXT}</body></html>".encode()


def many_html_paragraphs(number: int) -> bytes:
    """A web page of so many paragraphs."""
    return f"<html><body>{'<p>a' * number}<p>{TEXT}</body></html>".encode()


def laughing_html() -> bytes:
    """A web page that defines its own entities."""
    return (
        f"{BILLION_LAUGHS.replace('DOCTYPE bomb', 'DOCTYPE html')}<html><body><p>{TEXT} &l9;</p></body></html>".encode()
    )


def laughing_svg() -> bytes:
    """A drawing that does so."""
    return (
        f'<?xml version="1.0"?>{BILLION_LAUGHS}<svg xmlns="http://www.w3.org/2000/svg"><text>&l9;</text></svg>'.encode()
    )


def quotes(depth: int) -> bytes:
    """A quote in a quote, in Markdown."""
    return f"# Nota\n\n{'>' * depth} {TEXT}\n".encode()


def markdown_lists(depth: int) -> bytes:
    """A list in a list on one line, in Markdown."""
    return f"# Nota\n\n{'- ' * depth}{TEXT}\n".encode()


def steps(depth: int) -> bytes:
    """A list in a list, each on a line further to the right: a file of the square of ``depth``."""
    lines = "\n".join(f"{'  ' * level}- {TEXT}" for level in range(depth))
    return f"# Nota\n\n{lines}\n".encode()


def brackets(number: int) -> bytes:
    """Opening brackets that are never closed, in Markdown."""
    return f"# Nota\n\n{'[' * number}{TEXT}\n".encode()


def stars(number: int) -> bytes:
    """Emphasis that opens and never closes, in Markdown."""
    return f"# Nota\n\n{'*a **b ' * number}{TEXT}\n".encode()


def long_line(size: int, unit: str = "a") -> bytes:
    """One line of text without an end."""
    return (TEXT + " " + unit * (size // len(unit)) + "\n").encode()


def many_lines(number: int) -> bytes:
    """A text of so many lines."""
    return "".join(f"Regel {line} van een lange lijst\n" for line in range(number)).encode()


def nested_message(depth: int) -> bytes:
    """A message with parts, the first of which has parts."""
    head = "From: a@example.org\nTo: b@example.org\nSubject: nota\nMIME-Version: 1.0\n"
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(depth))
    closed = "".join(f"\n--b{level}--\n" for level in reversed(range(depth)))
    return f"{head}{opened}Content-Type: text/plain\n\n{TEXT}\n{closed}".encode()


def message_in_message(depth: int) -> bytes:
    """A message with a message as its only part."""
    head = "From: a@example.org\nSubject: nota\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    return f"{head * depth}From: a@example.org\nSubject: nota\n\n{TEXT}\n".encode()


def nested_rtf(depth: int) -> bytes:
    """A group in a group, in RTF."""
    return f"{{\\rtf1\\ansi {'{' * depth}{TEXT}{'}' * depth}}}".encode()


def repeated_rtf(number: int) -> bytes:
    """So many paragraphs, in RTF."""
    paragraphs = "\\par a" * number
    return f"{{\\rtf1\\ansi {paragraphs} {TEXT}}}".encode()
