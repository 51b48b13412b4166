"""How many words of a scanned page come back: pages of the starter corpus, as clean pictures and as poor scans."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from rich.console import Console

from ingest import ocr
from ingest.readers.pdf import read
from tests.scans import drawn, scan, text_of, word_recall

PAGES = (
    *(("naslagnota-serv-advies-hoger-onderwijs.pdf", page) for page in (0, 1, 2)),
    *(("cijfers-en-data-duaal-leren.pdf", page) for page in (0, 1)),
)
POOR_DPI = 150


def print_recognition(console: Console, corpus: Path) -> None:
    """Word recall of five pages that were scanned well, and of the same pages scanned badly."""
    if not ocr.is_installed():
        console.print("text recognition: not measured, Tesseract for Dutch is not installed")
        return
    for name, dpi, worsen in (("clean scans", 200, _clean), ("poor scans", POOR_DPI, _poor)):
        pictures = [worsen(drawn(corpus / file, [page], dpi=dpi)[0]) for file, page in PAGES]
        start = time.perf_counter()
        found = read(Path("scan.pdf"), scan(pictures, dpi=dpi))
        seconds = (time.perf_counter() - start) / len(PAGES)
        expected = [text_of(corpus / file, page) for file, page in PAGES]
        recalls = [word_recall(text, page.text) for text, page in zip(expected, found.pages, strict=True)]
        whole = word_recall("\n".join(expected), "\n".join(page.text for page in found.pages))
        console.print(
            f"text recognition, {name} at {dpi} dpi: word recall {whole:.3f} over {len(PAGES)} pages "
            f"({', '.join(f'{recall:.3f}' for recall in recalls)}), {seconds:.1f} s a page"
        )


def _clean(picture: Image.Image) -> Image.Image:
    return picture


def _poor(picture: Image.Image) -> Image.Image:
    """A sheet that lay askew, out of focus, on a noisy scanner that kept little of it."""
    askew = picture.rotate(1.0, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))
    noise = np.random.default_rng(0).normal(0, 14, (askew.height, askew.width))
    grey = np.clip(30 + 0.8 * np.asarray(askew, dtype=float) + noise, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "JPEG", quality=45)
    return Image.open(file)
