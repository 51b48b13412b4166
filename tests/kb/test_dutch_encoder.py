"""The encoder's recipe from text to artefact on data made here, what is kept out of it, and what loading refuses.

What needs torch or SciPy is imported where it is used: they take seconds to load, also in a process of other tests.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kb.dutch_encoder.artefact import read_artefact
from kb.dutch_encoder.files import MANIFEST, TABLE_FILE, TOKENIZER, sha256_of
from kb.dutch_encoder.held_out import HeldOut
from kb.dutch_encoder.light import LightEncoder
from kb.dutch_encoder.plan import Plan
from kb.dutch_encoder.prepare import leaks, prepare
from kb.dutch_encoder.rows import read_rows
from kb.dutch_encoder.test_sets import all_sentences
from kb.errors import EncoderError

if TYPE_CHECKING:
    import torch

NOUNS = {"hond": "dog", "kat": "cat", "man": "man", "vrouw": "woman", "jongen": "boy", "leraar": "teacher"}
VERBS = {"slaapt": "sleeps", "loopt": "walks", "eet": "eats", "leest": "reads", "zingt": "sings", "werkt": "works"}
PLACES = {"in de tuin": "in the garden", "op school": "at school", "in het huis": "in the house"}
HELD_OUT = "De leraar leest in de tuin een boek over duaal leren voor aan zijn klas."


def pack(path: Path, lines: list[str]) -> None:
    """Write lines as an .xz file."""
    path.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode()))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in the documented format: 108 pairs, two of them also in a test set, one from a held-out document."""
    folder = tmp_path_factory.mktemp("data")
    pairs = [
        f"De {noun} {verb} {place}.\tThe {dog} {sleeps} {garden}.\teveryday"
        for noun, dog in NOUNS.items()
        for verb, sleeps in VERBS.items()
        for place, garden in PLACES.items()
    ]
    pack(folder / "pairs.tsv.xz", [*pairs, f"{HELD_OUT}\tThe teacher reads.\teveryday", "Een zin\tA text\tmoodle"])
    pack(folder / "heading-paragraph-nl.tsv.xz", ["Werken\tDe man werkt op school.\tlaw"])
    pack(folder / "sentences-nl.txt.xz", [pair.split("\t")[0] for pair in pairs])
    names = "pair_ID sentence_A sentence_B relatedness_score sentence_A_original sentence_B_original SemEval_set"
    sick = [
        f"{number}\t{first}\t{second}\t{score}\tThe cat eats.\tThe dog eats {number} fish.\t{split}"
        for number, (first, second, score, split) in enumerate(
            [
                ("De hond slaapt in de tuin.", "De kat slaapt in de tuin.", 4.0, "TRAIN"),
                ("De hond slaapt.", "De vrouw leest op school.", 1.0, "TRIAL"),
                ("De man eet.", "De man eet in het huis.", 4.5, "TRIAL"),
            ]
        )
    ]
    pack(folder / "eval-sick-nl.txt.xz", [names.replace(" ", "\t"), *sick])
    for split in ("dev", "test"):
        pack(folder / f"eval-stsb-nl-{split}.csv.xz", ["Een man zingt.,Een vrouw zingt.,3.0", "Een,Twee,1.0"])
    return folder


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one document that training may not see."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "note.txt").write_text(f"Een nota.\n{HELD_OUT}\n", "utf8")
    return folder


@pytest.fixture(scope="module")
def work(data: Path, documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the steps of the recipe leave, up to a trained variant "tiny" with corrections of rank 2."""
    from kb.dutch_encoder.distil import distil
    from kb.dutch_encoder.initialise import initialise
    from kb.dutch_encoder.teacher import teach
    from kb.dutch_encoder.tokenizer import train_tokenizer

    folder = tmp_path_factory.mktemp("work")
    prepare(data, folder, held_out_folder=documents)
    train_tokenizer(folder, dutch_size=160, size=400)
    teach(folder)
    initialise(folder, rounds=5)
    distil(folder, "tiny", Plan(epochs=2, batch=32, rank=2, warm_up=2))
    return folder


@pytest.fixture(scope="module")
def artefact(work: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The artefact of the variant "tiny"."""
    from kb.dutch_encoder.quantise import quantise

    return quantise(work, "tiny", tmp_path_factory.mktemp("artefact"))


@pytest.fixture
def copied(artefact: Path, tmp_path: Path) -> Path:
    """A copy of the artefact that a test may break."""
    for path in artefact.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_no_held_out_text_is_trained_on(data: Path, documents: Path, work: Path) -> None:
    """Sentences of the test sets and eight-word runs of held-out documents are in no prepared file."""
    held_out = HeldOut(all_sentences(data), [HELD_OUT])
    kept = [row.first for row in read_rows(work / "pairs.tsv")]

    assert len(kept) == 104  # of 110: four stand in SICK, one in a document, one source has no weight
    assert "De hond slaapt in de tuin." not in kept
    assert leaks(work, held_out) == []


def test_a_held_out_text_is_known_without_case_accents_or_punctuation() -> None:
    """Another spelling of the same sentence is the same sentence."""
    held_out = HeldOut(["Eén hond, slaapt!"], ["a b c d e f g h i"])

    assert "een hond slaapt" in held_out
    assert "x b c d e f g h i y" in held_out
    assert "b c d e f g h" not in held_out


def test_training_brings_the_student_nearer_to_the_teacher(work: Path) -> None:
    """The loss falls, and a course that is done is not gone through again."""
    from kb.dutch_encoder.distil import distil

    log = (work / "tiny" / "log.jsonl").read_text().splitlines()
    distil(work, "tiny", Plan(epochs=6, batch=32, rank=2, warm_up=2))
    more = [json.loads(line) for line in (work / "tiny" / "log.jsonl").read_text().splitlines()]

    assert more[0]["step"] < more[-1]["step"]
    assert more[-1]["loss"] < more[0]["loss"]
    assert [json.loads(line) for line in log] == more[: len(log)]


def test_eight_bits_keep_a_number_to_half_a_step() -> None:
    """A row's largest number is 127 steps; no number moves by more than half a step."""
    from kb.dutch_encoder.quantise import to_whole_numbers

    table = np.array([[1.0, -0.5, 0.1], [0, 0, 0]], np.float32)

    rows, scales = to_whole_numbers(table)

    assert rows.tolist() == [[127, -64, 13], [0, 0, 0]]
    assert np.abs(rows * scales[:, None] - table).max() <= scales.max() / 2 + 1e-7


def test_the_artefact_loads_as_a_sentence_transformer(artefact: Path, data: Path) -> None:
    """Texts become unit vectors, and a translation is nearer than another sentence."""
    from kb.dutch_encoder.evaluate import choosing_figures
    from kb.dutch_encoder.sentence_transformer import load

    model = load(artefact, device="cpu")

    vectors = model.encode(["De hond slaapt op school.", "The dog sleeps at school.", "De vrouw zingt in het huis."])

    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert set(choosing_figures(lambda sentences: model.encode(list(sentences)), data)) >= {"sick_nl", "stsb_nl"}


def test_a_saved_encoder_is_the_same_encoder(artefact: Path, tmp_path: Path) -> None:
    """What SentenceTransformer writes to disk and reads back gives the same vectors."""
    from sentence_transformers import SentenceTransformer

    from kb.dutch_encoder.sentence_transformer import load

    model = load(artefact, device="cpu")
    model.save(str(tmp_path / "saved"))
    again = SentenceTransformer(str(tmp_path / "saved"), device="cpu")

    text = ["De jongen werkt in de tuin."]
    assert again.encode(text) == pytest.approx(model.encode(text), abs=1e-6)


def test_a_changed_file_is_refused_with_both_hashes(copied: Path) -> None:
    """The error names the file, the hash it has and the hash it should have."""
    expected = sha256_of(copied / TABLE_FILE)
    (copied / TABLE_FILE).write_bytes(b"something else")

    with pytest.raises(EncoderError) as raised:
        read_artefact(copied)

    assert raised.value.key == "encoder_hash"
    assert raised.value.values["expected"] == expected
    assert raised.value.values["found"] == sha256_of(copied / TABLE_FILE)


def test_a_table_for_another_vocabulary_is_refused(copied: Path) -> None:
    """Table and tokenizer must be of one size, also where each file is what its hash says."""
    vocabulary = json.loads((copied / TOKENIZER).read_text("utf8"))
    vocabulary["model"]["vocab"]["##nieuw"] = len(vocabulary["model"]["vocab"])
    (copied / TOKENIZER).write_text(json.dumps(vocabulary), "utf8")
    manifest = json.loads((copied / MANIFEST).read_text("utf8"))
    manifest["files"][TOKENIZER] = sha256_of(copied / TOKENIZER)
    (copied / MANIFEST).write_text(json.dumps(manifest), "utf8")

    with pytest.raises(EncoderError, match="encoder_shape"):
        read_artefact(copied)


@pytest.mark.parametrize("name", [TABLE_FILE, TOKENIZER, MANIFEST])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    """An artefact without one of its files says which."""
    (copied / name).unlink()

    with pytest.raises(EncoderError) as raised:
        read_artefact(copied)

    assert raised.value.key == "encoder_file_missing"
    assert raised.value.values["path"].endswith(name)


def test_without_torch_the_vectors_are_the_same(artefact: Path) -> None:
    """ONNX Runtime gives the SentenceTransformer's vectors, for one text and for texts of other lengths at once."""
    from kb.dutch_encoder.sentence_transformer import load

    texts = [
        "De man leest.",
        "The woman sings in the garden.",
        "De leraar werkt op school en de jongen eet in het huis.",
    ]
    expected = load(artefact, device="cpu").encode(texts)

    light = LightEncoder(artefact)

    assert light.encode(texts) == pytest.approx(expected, abs=1e-5)
    assert light.encode(texts[:1]) == pytest.approx(expected[:1], abs=1e-5)


def test_eight_bits_stay_near(artefact: Path) -> None:
    """The faster body in eight bits gives nearly the same vectors."""
    texts = ["De man leest.", "The woman sings in the garden."]

    whole = LightEncoder(artefact).encode(texts)
    fast = LightEncoder(artefact, eight_bits=True).encode(texts)

    assert (whole * fast).sum(1).min() > 0.97


def test_headings_find_their_paragraphs(work: Path, artefact: Path) -> None:
    """A variant may go on from another one with headings and paragraphs; the rank of the right one is a figure."""
    from kb.dutch_encoder.distil import distil
    from kb.dutch_encoder.evaluate import reciprocal_rank

    (work / "passages.tsv").write_text("".join(f"{noun}\tDe {noun} {verb}.\tlaw\n" for noun in NOUNS for verb in VERBS))

    distil(work, "more", Plan(start="tiny", epochs=1, batch=16, rank=2, passages=0.5))
    rank = reciprocal_rank(LightEncoder(artefact).encode, list(read_rows(work / "passages.tsv"))[::6])

    assert (work / "more" / "student.pt").exists()
    assert 0 < rank <= 100


def test_a_blend_lies_between_start_and_end(work: Path) -> None:
    """Half of a variant is half its corrections, and a table half-way from the first one."""
    import torch

    from kb.dutch_encoder.blend import blend

    blend(work, "half", {"tiny": 0.5})
    blend(work, "sum", {"tiny": 0.25, "half": 0.5})
    end, half, both = (torch.load(work / name / "student.pt", weights_only=True) for name in ("tiny", "half", "sum"))
    first = torch.from_numpy(np.load(work / "table.npy"))
    name = "encoder.layer.0.output.dense"

    def correction(kept: dict[str, dict[str, torch.Tensor]]) -> torch.Tensor:
        return kept["corrections"][f"{name}.up"] @ kept["corrections"][f"{name}.down"]

    assert torch.allclose(half["table"], (first + end["table"]) / 2, atol=1e-6)
    assert torch.allclose(correction(half), correction(end) / 2, atol=1e-6)
    assert torch.allclose(correction(both), correction(end) / 2, atol=1e-5)
