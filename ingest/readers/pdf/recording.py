"""Where each run of text stands, and which lines are ruled, taken down while pypdf extracts the text of a page.

pypdf tells a visitor where a stretch of text begins, not where its parts stand or end; columns and tables cannot be
told from that. The recorder is pypdf's own extractor, which takes notes as it goes; the text is exactly pypdf's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdf import PageObject, _page
from pypdf._text_extraction import mult
from pypdf._text_extraction._text_extractor import TextExtraction
from pypdf.generic import DictionaryObject, EncodedStreamObject

Matrix = list[float]
Operands = list[Any]
Point = tuple[float, float]
Stroke = tuple[Point, Point]

ARTIFACT = -1  # the mark of what is no part of the text
INVISIBLE = 3  # a way to draw text
MAX_STROKES = 6000  # of a page: with more it is a drawing, not a table
MAX_BREADTH = 3.5  # points: a broader rectangle is no line
SAME_LINE, WORD_SPACE = 0.05, 0.3  # of an em: a baseline that is meant to be one, and a space within a run
NEW_RUN = 600.0  # thousandths of an em that the pen skips: a tab, or the next cell


@dataclass(slots=True)
class Run:
    """Text drawn along one baseline without a jump. ``offset`` says where it begins in the stretch of text that pypdf
    hands over; ``matrix`` leads from text space to the page, and ``last_matrix`` where it was set anew within the run;
    ``begin`` and ``end`` are thousandths in text space; ``mark`` is that of the part of the page that it belongs to.
    """

    offset: int
    matrix: Matrix
    begin: float
    last_matrix: Matrix
    end: float
    mark: int | None = None

    @property
    def first(self) -> Point:
        """Where it begins on the page, in the file's coordinates."""
        return _at(self.matrix, self.begin)

    @property
    def last(self) -> Point:
        """Where it ends."""
        return _at(self.last_matrix, self.end)

    def goes_on(self, matrix: Matrix, begin: float, size: float) -> bool:
        """Whether what is drawn there comes right behind it: in the same word, or as the next."""
        (x, y), (last_x, last_y) = _at(matrix, begin), self.last
        em = size * abs(matrix[3])
        return matrix[:4] == self.matrix[:4] and abs(y - last_y) < SAME_LINE * em and abs(x - last_x) < WORD_SPACE * em


def _at(matrix: Matrix, width: float) -> Point:
    a, b, _, _, x, y = matrix
    return a * width / 1000 + x, b * width / 1000 + y


@dataclass(slots=True)
class Record:
    """What a page shows, as it is drawn. ``runs`` are those since pypdf handed over text; ``rules`` are straight lines
    that are drawn, and ``edges`` the sides of coloured areas, as pairs of points in the file's coordinates.
    ``coordinates`` are those in force when text was last handed over. ``hides_text``: some of it does not show, such as
    what a scanner recognised on the picture above it. ``marks`` are those of the parts of the page that are open, the
    innermost last: the number by which the file's tags name one, ``ARTIFACT``, or None.
    """

    runs: list[Run] = field(default_factory=list)
    rules: list[Stroke] = field(default_factory=list)
    edges: list[Stroke] = field(default_factory=list)
    coordinates: Matrix | None = None
    hides_text: bool = False
    marks: list[int | None] = field(default_factory=lambda: [None])
    properties: Mapping[str, Any] = field(default_factory=dict)
    forms: int = 0

    def open_part(self, operands: Operands) -> None:
        """Note that a part of the page begins. Those within a form are counted apart by the file, and not told."""
        mark = self.marks[-1]
        if not self.forms and operands:
            mark = ARTIFACT if operands[0] == "/Artifact" else _mark(operands, self.properties, mark)
        self.marks.append(mark)

    def close_part(self) -> None:
        """Note that the innermost part ends."""
        if len(self.marks) > 1:
            self.marks.pop()

    def taken_runs(self, coordinates: Matrix) -> list[Run]:
        """The runs of the text that is now handed over."""
        runs, self.runs = self.runs, []
        self.coordinates = coordinates
        return runs

    def add_path(self, path: list[list[Point]], *, is_filled: bool) -> None:
        """Note the lines of a path that is painted. A thin area is a line."""
        for points in path if len(self.rules) + len(self.edges) < MAX_STROKES else ():
            is_area = is_filled and _breadth(points) > MAX_BREADTH
            (self.edges if is_area else self.rules).extend(pairwise(points))


class RecordedPage(PageObject):
    """A page that notes in which coordinates its forms stand, which pypdf forgets."""

    def __init__(self, page: PageObject, record: Record) -> None:
        super().__init__(page.pdf, page.indirect_reference)
        self.update(page)
        self.record = record
        record.properties = _properties(page)

    def extract_xform_text(self, xform: EncodedStreamObject, *args: Any, **options: Any) -> str:  # noqa: ANN401
        """The text of a form."""
        matrix = _numbers(xform.get("/Matrix") or [])
        if len(matrix) == 6 and self.record.coordinates is not None:
            self.record.coordinates = mult(matrix, self.record.coordinates)
        outer = self.record.marks
        self.record.forms, self.record.marks = self.record.forms + 1, outer[-1:]
        try:
            return super().extract_xform_text(xform, *args, **options)
        finally:
            self.record.forms, self.record.marks = self.record.forms - 1, outer


class Visitor:
    """What hears of the text of a page: pypdf calls it, and the recorder writes in its record."""

    def __init__(self) -> None:
        self.record = Record()

    def __call__(self, text: str, current: Matrix, matrix: Matrix, font: Any, size: float) -> None:  # noqa: ANN401
        """Take a stretch of text, drawn in one letter."""
        raise NotImplementedError


class Recorder(TextExtraction):
    """pypdf's extractor; for a ``Visitor`` it takes notes, for all others it is what it always was."""

    _listens = False

    def initialize_extraction(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Begin a page, or a form on it."""
        super().initialize_extraction(*args, **options)
        if isinstance(self.visitor_text, Visitor):
            self._record = self.visitor_text.record
            self._path: list[list[Point]] = []
            self._stand_in(self._record.coordinates)
            self._listens = True
            self._listen()

    def _stand_in(self, coordinates: Matrix | None) -> None:
        """Begin in the coordinates of what a form stands on, and not in those of the page."""
        if coordinates is not None:
            self.cm_matrix, self.cm_prev, self.memo_cm = coordinates[:], coordinates[:], coordinates[:]

    def _listen(self) -> None:
        handlers = self.operation_handlers
        handlers |= {
            b"Tr": self._set_mode,
            b"Tj": self._show,
            b"re": self._rectangle,
            b"m": self._move,
            b"l": self._line,
            b"n": self._drop,
            b"BDC": self._record.open_part,
            b"BMC": self._record.open_part,
            b"EMC": self._close_part,
        }
        handlers |= dict.fromkeys((b"c", b"v", b"y"), self._move)  # a curve is no line
        handlers |= dict.fromkeys((b"S", b"s", b"B", b"B*", b"b", b"b*"), self._stroke)
        handlers |= dict.fromkeys((b"f", b"F", b"f*"), self._fill)

    def _set_mode(self, operands: Operands) -> None:
        self._record.hides_text |= _numbers(operands) == [INVISIBLE]

    def process_operation(self, operator: bytes, operands: Operands) -> None:
        """Do one operation. Shown text that goes on where the pen stands is not checked for a new line or word: pypdf
        does so for every stretch between two kerned letters.
        """
        if operator == b"Tj" and self._listens and self._stands_still():
            self._show(operands)
        else:
            super().process_operation(operator, operands)

    def _stands_still(self) -> bool:
        """Whether nothing has moved since text was shown, so that pypdf's check cannot find anything."""
        is_amid_line = self.text and self.text[-1] != "\n"
        is_upright = self.tm_matrix[0] and self.cm_matrix[0] and self.font_size > 0 and self._space_width > 0
        return bool(is_amid_line and is_upright and self.tm_matrix == self.tm_prev and self.cm_matrix == self.cm_prev)

    def _close_part(self, operands: Operands) -> None:  # noqa: ARG002 - as pypdf calls it
        self._record.close_part()

    def _show(self, operands: Operands) -> float:
        offset, begin = len(self.text), self._actual_str_size["str_widths"]
        moved = self._handle_tj_operation(operands)
        if len(self.text) > offset:
            end = self._actual_str_size["str_widths"]
            if self.space_scale != 1 or self.char_scale != 1:
                end = begin + self._true_width(end - begin, operands[0])
                self._actual_str_size["str_widths"] = end
            self._note(offset, begin, end)
        return moved

    def _note(self, offset: int, begin: float, end: float) -> None:
        """Write down what was drawn, as a run of its own or as more of the last."""
        runs, mark = self._record.runs, self._record.marks[-1]
        is_same_part = bool(runs) and runs[-1].mark == mark
        if is_same_part and begin > 0 and -1 < begin - runs[-1].end < NEW_RUN * self.font_size:
            runs[-1].end = end
            return
        matrix = mult(self.tm_matrix, self.cm_matrix)
        if is_same_part and runs[-1].goes_on(matrix, begin, self.font_size):
            runs[-1].last_matrix, runs[-1].end = matrix, end
        else:
            runs.append(Run(offset, matrix, begin, matrix, end, mark))

    def _true_width(self, width: float, shown: str | bytes) -> float:
        """The width of shown text with the spacing of words, which pypdf leaves out: a justified line is wider."""
        if self.font.sub_type != "Type0":  # where a code is one byte
            spaces = shown.count(" ") if isinstance(shown, str) else shown.count(b" ")
            width += 1000 * (self.space_scale - 1) * spaces
        return width * self.char_scale

    def _rectangle(self, operands: Operands) -> None:
        numbers = _numbers(operands)
        if len(numbers) == 4:
            x, y, width, height = numbers
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
            self._path.append([self._placed(*corner) for corner in corners])

    def _move(self, operands: Operands) -> None:
        numbers = _numbers(operands)
        if len(numbers) >= 2:
            self._path.append([self._placed(*numbers[-2:])])

    def _line(self, operands: Operands) -> None:
        numbers = _numbers(operands)
        if self._path and len(numbers) == 2:
            self._path[-1].append(self._placed(*numbers))

    def _placed(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self.cm_matrix
        return a * x + c * y + e, b * x + d * y + f

    def _stroke(self, operands: Operands) -> None:
        self._record.add_path(self._path, is_filled=False)
        self._drop(operands)

    def _fill(self, operands: Operands) -> None:
        self._record.add_path(self._path, is_filled=True)
        self._drop(operands)

    def _drop(self, operands: Operands) -> None:  # noqa: ARG002 - as pypdf calls it
        self._path = []


def _mark(operands: Operands, properties: Mapping[str, Any], outer: int | None) -> int | None:
    """The number of a part of a page, given at its beginning or in the page's list of properties."""
    given = operands[1] if len(operands) > 1 else None
    if isinstance(given, str):
        given = properties.get(given)
    given = given.get_object() if given is not None else None
    mark = given.get("/MCID") if isinstance(given, DictionaryObject) else None
    return mark if isinstance(mark, int) and mark >= 0 else outer


def _properties(page: PageObject) -> Mapping[str, Any]:
    resources = page.get("/Resources")
    found = resources.get_object().get("/Properties") if resources is not None else None
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else {}


def _numbers(operands: Operands) -> list[float]:
    """The operands, those of a broken file that are no numbers left out."""
    return [float(operand) for operand in operands if isinstance(operand, int | float)]


def _breadth(points: list[Point]) -> float:
    """The shorter side of the rectangle around points."""
    xs, ys = zip(*points, strict=True)
    return float(min(max(xs) - min(xs), max(ys) - min(ys)))


_page.TextExtraction = Recorder  # type: ignore[attr-defined]  # pypdf offers no other way in
