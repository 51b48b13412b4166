"""The encoder: what it promises, what it refuses, and what it does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb.catalogue_reading import EncoderMark
from kb.dutch_encoder import files
from kb.encoder import DEFAULT_ENCODER, MINI_LM, Encoder, load_encoder, mark_of, require_same
from kb.errors import EncoderError
from kb.testing import WordEncoder

TEXTS = ("The cat sits on the mat.", "A cat is sitting on a mat.", "De begroting telt 25.000 € aan één post.")


@pytest.fixture(scope="module")
def default() -> Encoder:
    """The encoder that ships."""
    return load_encoder()


def test_questions_and_passages_share_one_space(default: Encoder) -> None:
    """One by one or together, the same text has the same vector, of length 1."""
    passages = default.encode_passages(TEXTS)
    questions = np.array([default.encode_question(text) for text in TEXTS])

    assert passages.shape == (3, default.dimension)
    assert passages.dtype == questions.dtype == np.float32
    np.testing.assert_allclose(questions, passages, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        ("De leerling werkt twee dagen per week.", "Een scholier is wekelijks twee dagen aan het werk.", "Het regent."),
        ("What does a mentor do?", "Wat doet een mentor?", "Waar ligt het zwembad?"),
    ],
)
def test_what_means_the_same_lies_near_each_other(default: Encoder, one: str, same: str, other: str) -> None:
    """In other words, and across Dutch and English."""
    first, second, third = default.encode_passages([one, same, other])

    assert first @ second > 0.3 + first @ third


def test_a_text_may_be_empty_or_longer_than_the_model_reads(default: Encoder) -> None:
    """No text is refused; what lies beyond the model's reach is left out."""
    long = "woord " * 1000

    np.testing.assert_allclose(
        default.encode_passages(["", long]),
        [default.encode_question(""), default.encode_question(long + "meer")],
        atol=1e-5,
    )


def test_no_texts_give_no_vectors(default: Encoder) -> None:
    """The shape is right even then."""
    assert default.encode_passages([]).shape == (0, 384)


def test_a_model_in_a_folder_can_take_its_place() -> None:
    """A path names any sentence-transformers model on this machine; its name loads it again."""
    folder = files.model_folder()
    by_path = load_encoder(str(folder))
    mini_lm = load_encoder(MINI_LM)

    assert (by_path.name, by_path.dimension) == (str(folder), 384)
    assert by_path.fingerprint.startswith("model-")
    assert load_encoder(by_path.name).fingerprint == by_path.fingerprint
    np.testing.assert_allclose(by_path.encode_question(TEXTS[0]), mini_lm.encode_question(TEXTS[0]), atol=1e-5)


def test_the_default_encoder_needs_no_torch() -> None:
    """Neither a first answer nor an ingest waits for libraries that only other models need."""
    script = (
        "import sys; from kb.encoder import load_encoder; load_encoder().encode_passages(['Wat?'])\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'chromadb'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_loading_says_nothing_on_the_terminal() -> None:
    """No progress bars, no log lines, no warnings."""
    script = "from kb.encoder import load_encoder; load_encoder().encode_passages(['Een zin.'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("", "")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Nothing is looked for on the network."""
    with pytest.raises(EncoderError) as caught:
        load_encoder(str(tmp_path / "model"))

    assert (caught.value.key, caught.value.values) == ("encoder_missing", {"name": str(tmp_path / "model")})


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """A folder of something else is not taken for a model."""
    with pytest.raises(EncoderError) as caught:
        load_encoder(str(tmp_path))

    assert caught.value.key == "encoder_unreadable"


def test_a_broken_model_is_refused_when_it_is_used(tmp_path: Path) -> None:
    """What sentence-transformers cannot load becomes one line that names the folder."""
    (tmp_path / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "no.such.Module"}]')
    broken = load_encoder(str(tmp_path))

    with pytest.raises(EncoderError) as caught:
        broken.encode_question("Wat?")

    assert (caught.value.key, caught.value.values["name"]) == ("encoder_unreadable", str(tmp_path))


def test_other_weights_under_the_same_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that Bronvast names is one set of weights, known by its hash."""
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("kb.encoder.model_folder", lambda: tmp_path)

    with pytest.raises(EncoderError) as caught:
        load_encoder(MINI_LM)
    assert caught.value.key == "encoder_hash"


def test_vectors_of_another_encoder_are_not_mixed() -> None:
    """A home belongs to the encoder that made its vectors; the error names both."""
    mine, other = WordEncoder(), WordEncoder(name="other")
    require_same(mine, None)
    require_same(mine, mark_of(mine))

    with pytest.raises(EncoderError) as caught:
        require_same(other, EncoderMark("words", "words-512", 512))
    assert (caught.value.key, caught.value.values) == ("other_encoder", {"made_by": "words", "asked": "other"})


def test_the_default_encoder_has_a_name_of_its_own(default: Encoder) -> None:
    """Its name loads it again, wherever it is installed, and changes with its files."""
    assert mark_of(default) == EncoderMark(default.name, default.fingerprint, 384)
    assert default.name.startswith(f"{DEFAULT_ENCODER}-")
    assert load_encoder(default.name).fingerprint == load_encoder().fingerprint
