"""The model card: what the encoder is, how good each variant was, and every source with its licence."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from kb.dutch_encoder.files import MANIFEST
from kb.dutch_encoder.prepare import SUMMARY

CARD, FIGURES = "MODEL_CARD.md", "figures.json"
_COLUMNS = {"sick_nl": "SICK-NL", "stsb_nl": "STSB-nl", "sick_en": "SICK English"}


def keep_figures(artefact: Path, split: str, figures: dict[str, float]) -> None:
    """Keep the figures of a split ("choosing" or "test") beside an artefact."""
    path = artefact / FIGURES
    known = json.loads(path.read_text("utf8")) if path.exists() else {}
    path.write_text(json.dumps(known | {split: figures}, indent=1) + "\n", "utf8")


def write_card(work: Path, into: Path) -> Path:
    """Write the card of the artefact ``into`` from what the steps left in ``work``: counts, plans and figures."""
    manifest = json.loads((into / MANIFEST).read_text("utf8"))
    text = _template().format(
        name=manifest["name"],
        pieces=manifest["pieces"],
        size=f"{sum((into / name).stat().st_size for name in manifest['files']) / 1e6:.1f}",
        figures="\n".join(_figures(into)),
        variants="\n".join(_variants(work)),
        sources="\n".join(_sources(work)),
    )
    path = into / CARD
    path.write_text(text, "utf8")
    return path


def _template() -> str:
    return files(__package__).joinpath("card.md").read_text("utf8")


def _figures(artefact: Path) -> Iterator[str]:
    known = json.loads((artefact / FIGURES).read_text("utf8"))
    for split, title in (("choosing", "SICK train and trial, STSB dev (chosen on)"), ("test", "test (reported)")):
        yield f"| {title} | " + " | ".join(f"{known[split][column]:.2f}" for column in _COLUMNS) + " |"


def _variants(work: Path) -> Iterator[str]:
    """A row for each variant in ``work`` that was evaluated, the best on the splits that choose first."""
    found = [(_figures_of(path), path) for path in work.glob(f"*/artefact/{FIGURES}")]
    for figures, path in sorted(found, key=lambda pair: -sum(pair[0]["choosing"].values())):
        variant = path.parent.parent
        columns = [f"{figures[split].get(column, float('nan')):.2f}" for split in figures for column in _COLUMNS]
        yield f"| {variant.name} | {_settings(variant)} | " + " | ".join(columns) + " |"


def _figures_of(path: Path) -> dict[str, dict[str, float]]:
    known = json.loads(path.read_text("utf8"))
    return {split: known.get(split, {}) for split in ("choosing", "test")}


def _settings(variant: Path) -> str:
    plan: dict[str, Any] = json.loads((variant / "plan.json").read_text("utf8"))
    return ", ".join(f"{name} {value}" for name, value in plan.items() if name not in ("seed", "save_every"))


def _sources(work: Path) -> Iterator[str]:
    """A row for each source that gave rows, with its licence."""
    known = tomllib.loads(files(__package__).joinpath("sources.toml").read_text("utf8"))
    counts: dict[str, dict[str, int]] = json.loads((work / SUMMARY).read_text("utf8"))
    for beginning, source in known.items():
        pairs, passages = (
            sum(count for name, count in counts[kind].items() if name.startswith(beginning))
            for kind in ("pairs", "passages")
        )
        if pairs + passages:
            yield f"| {source['title']} | {pairs:,} | {passages:,} | {source['licence']} |"
