"""The encoder: what it promises, what it refuses, and what it does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb import encoder as encoders
from kb.catalogue_reading import EncoderMark
from kb.encoder import DEFAULT_ENCODER, Encoder, MiniLmEncoder, load_encoder, mark_of, require_same
from kb.errors import EncoderError
from kb.testing import WordEncoder

TEXTS = ("The cat sits on the mat.", "A cat is sitting on a mat.", "De begroting telt 25.000 € aan één post.")


@pytest.fixture(scope="module")
def mini_lm() -> Encoder:
    """The encoder that everyone has."""
    return load_encoder()


def test_questions_and_passages_share_one_space(mini_lm: Encoder) -> None:
    """Numpy for questions and torch for passages give the same vectors, of length 1."""
    passages = mini_lm.encode_passages(TEXTS)
    questions = np.array([mini_lm.encode_question(text) for text in TEXTS])

    assert passages.shape == (3, mini_lm.dimension)
    assert passages.dtype == questions.dtype == np.float32
    np.testing.assert_allclose(questions, passages, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    assert passages[0] @ passages[1] > 0.9 > 0.2 > passages[0] @ passages[2]


def test_a_text_may_be_empty_or_longer_than_the_model_reads(mini_lm: Encoder) -> None:
    """No text is refused; what lies beyond the model's reach is left out."""
    long = "woord " * 1000

    np.testing.assert_allclose(
        mini_lm.encode_passages(["", long]),
        [mini_lm.encode_question(""), mini_lm.encode_question(long + "meer")],
        atol=1e-5,
    )


def test_no_texts_give_no_vectors(mini_lm: Encoder) -> None:
    """The shape is right even then."""
    assert mini_lm.encode_passages([]).shape == (0, 384)


def test_a_model_in_a_folder_can_take_its_place(mini_lm: Encoder) -> None:
    """A path names any sentence-transformers model on this machine; its name loads it again."""
    folder = encoders._packaged_model()
    by_path = load_encoder(str(folder))

    assert (by_path.name, by_path.dimension) == (str(folder), 384)
    assert by_path.fingerprint.startswith("model-")
    assert load_encoder(by_path.name).fingerprint == by_path.fingerprint
    np.testing.assert_allclose(by_path.encode_question(TEXTS[0]), mini_lm.encode_question(TEXTS[0]), atol=1e-5)


def test_a_question_needs_no_torch() -> None:
    """The first answer does not wait for libraries that only an ingest needs."""
    script = (
        "import sys; from kb.encoder import load_encoder; load_encoder().encode_question('Wat?')\n"
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


def test_other_weights_under_the_same_name_are_refused(tmp_path: Path) -> None:
    """The default encoder is one set of weights, known by its checksum."""
    (tmp_path / "model.safetensors").write_bytes(b"other weights")

    with pytest.raises(EncoderError) as caught:
        MiniLmEncoder(tmp_path)
    assert caught.value.key == "encoder_altered"


def test_vectors_of_another_encoder_are_not_mixed() -> None:
    """A home belongs to the encoder that made its vectors; the error names both."""
    mine, other = WordEncoder(), WordEncoder(name="other")
    require_same(mine, None)
    require_same(mine, mark_of(mine))

    with pytest.raises(EncoderError) as caught:
        require_same(other, EncoderMark("words", "words-512", 512))
    assert (caught.value.key, caught.value.values) == ("other_encoder", {"made_by": "words", "asked": "other"})


def test_the_default_encoder_has_a_name_of_its_own(mini_lm: Encoder) -> None:
    """Its name loads it again, wherever it is installed."""
    assert mark_of(mini_lm) == EncoderMark(DEFAULT_ENCODER, "all-MiniLM-L6-v2-53aa51172d142c89", 384)
    assert load_encoder(DEFAULT_ENCODER).fingerprint == mini_lm.fingerprint
