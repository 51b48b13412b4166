"""The pictures of pages with the quoted place drawn on them; where there is none, the place in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.types import SLIDE_FORMATS, Box
from kb.types import DocumentCard
from kb.wording import say
from search_ui.markup import element, ui_text
from search_ui.source.addresses import image_address, picture_address
from search_ui.source.pictures import Picture, Pictures
from search_ui.source.view import View

if TYPE_CHECKING:
    from ingest.places import Place

FITTING, WIDE = 1000, 2000  # pixels of a picture that fits its pane, and of one that is enlarged
GRID = 1000  # the sides of a page in the drawing of its boxes


def render_pane(view: View, pictures: Pictures | None, *, is_whole: bool, language: str) -> str:
    """The pane beside the text. ``pictures`` are what is known of them by now; unless that ``is_whole``, the page's
    script fetches the rest, and without script a link leads there.
    """
    if is_whole and pictures and not pictures.pictures and not pictures.place:
        return ""
    address = picture_address(view.card.key, view.first + 1, view.last + 1, view.in_view, language=language)
    drawing = element("p", ui_text("viewer.drawing", language), class_="note", role="status")
    link = element("a", ui_text("viewer.show_picture", language), href=address)
    return element(
        "section",
        render_pictures(view.card, pictures, language=language) if pictures else drawing,
        "" if is_whole else element("p", link, class_="without-script"),
        class_="picture" if not pictures or pictures.pictures else "picture in-words",
        tabindex=0,
        aria_label=say("ui.viewer.picture", language=language),
        data_picture=None if is_whole else address,
    )


def render_pictures(card: DocumentCard, pictures: Pictures, *, language: str) -> str:
    """The pages with boxes; or why there are none, and the place in words."""
    if pictures.problem:
        reason = say(pictures.problem, language=language)
        why = element("p", ui_text("viewer.no_picture", language, reason=reason), class_="note")
        return why + (_place(pictures.place, language=language) if pictures.place else "")
    note = element("p", ui_text("viewer.not_located", language), class_="note") if pictures.is_missed else ""
    figures = (_figure(card, picture, pictures.page_count, language=language) for picture in pictures.pictures)
    return note + "".join(figures)


def _figure(card: DocumentCard, picture: Picture, page_count: int, *, language: str) -> str:
    address = image_address(card, picture.position, width=FITTING)
    image = element(
        "img",
        src=address,
        alt=_alternative(card, picture, language=language),
        data_wide=image_address(card, picture.position, width=WIDE),
        data_failed=_not_drawn(language),
    ).removesuffix("</img>")
    count = {"number": picture.number, "count": page_count}
    caption = element("figcaption", ui_text("viewer.printed", language, **count)) if picture.is_printed else ""
    return element("figure", element("div", image, _boxes(picture.boxes), class_="sheet"), caption)


def _not_drawn(language: str) -> str:
    reason = say("errors.picture_not_drawn", language=language)
    return say("ui.viewer.no_picture", language=language, reason=reason)


def _alternative(card: DocumentCard, picture: Picture, *, language: str) -> str:
    unit = "print" if picture.is_printed else "slide" if card.format in SLIDE_FORMATS else "page"
    name = say(f"ui.viewer.picture_of_{unit}", language=language, number=picture.number)
    return say(f"ui.viewer.{'with' if picture.boxes else 'without'}_marks", language=language, picture=name)


def _boxes(boxes: tuple[Box, ...]) -> str:
    """Rectangles over the picture; what they say stands in its alternative text."""
    if not boxes:
        return ""
    drawn = (
        element(
            "rect",
            x=f"{GRID * box.left:.1f}",
            y=f"{GRID * box.top:.1f}",
            width=f"{GRID * (box.right - box.left):.1f}",
            height=f"{GRID * (box.bottom - box.top):.1f}",
        )
        for box in boxes
    )
    grid = f"0 0 {GRID} {GRID}"
    return element("svg", *drawn, viewBox=grid, preserveAspectRatio="none", aria_hidden="true", class_="boxes")


def _place(place: Place, *, language: str) -> str:
    """Where to look in the file itself."""
    steps = []
    if place.slide is not None:
        steps.append(say("ui.viewer.place_slide", language=language, number=place.slide))
    if place.headings:
        steps.append(say("ui.viewer.place_under", language=language, headings=" › ".join(place.headings)))
    if place.paragraph is not None:
        steps.append(say("ui.viewer.place_paragraph", language=language, number=place.paragraph))
    return element("p", ui_text("viewer.place", language, place=", ".join(steps))) if steps else ""
