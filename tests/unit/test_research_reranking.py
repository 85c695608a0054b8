"""What a reranker changes in the order of what was found, and what becomes of it when it fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from interviewer.errors import SetupError
from interviewer.research.reranking import Reordering, RerankError, open_reranker
from interviewer.research.reranking import server as serving
from interviewer.research.reranking.reordering import MOST, RESTS
from interviewer.research.reranking.server import RerankServer, scores_in
from tests.fakes.reranking import served

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "team", "nine", "tea", "people", "depot")
QUESTION = "team"
TEXTS = ("tea depot", "team nine people", "team depot")


@dataclass
class Scripted:
    """A reranker that gives what it was told to give."""

    answers: list[Sequence[float] | RerankError]
    name: str = "The reranker"
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    closed: bool = False

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """Return the next answer."""
        self.asked.append((question, tuple(texts)))
        answer = self.answers.pop(0)
        if isinstance(answer, RerankError):
            raise answer
        return answer

    def close(self) -> None:
        """Note it."""
        self.closed = True


def _text(entry: str) -> str:
    return entry.upper()


def test_the_best_scores_come_first_and_equal_ones_keep_their_order() -> None:
    """The same entries come back, ordered by score; the reranker reads what it is to read."""
    reranker = Scripted([[0.1, 0.9, 0.1, 2.0]])
    ordered = Reordering(reranker).reordered("q", ["a", "b", "c", "d"], _text)
    assert ordered == ("d", "b", "a", "c")
    assert reranker.asked == [("q", ("A", "B", "C", "D"))]


def test_only_the_first_are_looked_at_again() -> None:
    """What the search put lower stays behind, in its order."""
    found = [str(number) for number in range(MOST + 5)]
    reranker = Scripted([[float(number) for number in range(MOST)]])
    ordered = Reordering(reranker).reordered("q", found, _text)
    assert ordered == (*reversed(found[:MOST]), *found[MOST:])


@pytest.mark.parametrize("found", [[], ["a"]])
def test_nothing_is_asked_where_there_is_nothing_to_order(found: list[str]) -> None:
    """One entry is in order as it is."""
    assert Reordering(Scripted([])).reordered("q", found, _text) == tuple(found)


def test_a_failure_keeps_the_order_and_is_warned_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is then left alone for a minute, and tried again after it."""
    now = 0.0
    failing: list[Sequence[float] | RerankError] = [RerankError("It is away."), [1.0], [0.0, 1.0]]
    reranker = Scripted(failing)
    ordering = Reordering(reranker, clock=lambda: now)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert ordering.reordered("q", ["a", "b"], _text) == ("a", "b")
        assert len(reranker.asked) == 1
        now = RESTS + 1
        assert ordering.reordered("q", ["a", "b"], _text) == ("a", "b")
        now = 2 * RESTS + 2
        assert ordering.reordered("q", ["a", "b"], _text) == ("b", "a")
    assert [record.getMessage() for record in caplog.records] == [
        "The reranker is left out, the search keeps its order. It is away."
    ]
    ordering.close()
    assert reranker.closed


@given(st.lists(st.floats(), max_size=8), st.integers(0, 8))
def test_whatever_scores_come_nothing_is_lost(scores: list[float], count: int) -> None:
    """Too few, too many, infinite or no numbers: the entries are all there, each once."""
    found = list(range(count))
    ordered = Reordering(Scripted([scores])).reordered("q", found, str)
    assert sorted(ordered) == found


def _tokenizer(folder: Path, *, pad: str = "[PAD]") -> None:
    words = {word if word != "[PAD]" else pad: place for place, word in enumerate(WORDS)}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )  # fmt: skip
    tokenizer.save(str(folder / "tokenizer.json"))


def _model(path: Path, columns: int = 1, *, types: bool = True) -> None:
    """Write a cross-encoder that counts what a text has of "team", "nine" and "people"."""
    path.parent.mkdir(parents=True, exist_ok=True)
    weights = np.zeros((len(WORDS), columns), dtype=np.float32)
    weights[[4, 5, 7], columns - 1] = (1.0, 2.0, 2.0)
    nodes = [
        helper.make_node("Gather", ["weights", "input_ids"], ["looked"]),
        helper.make_node("Cast", ["attention_mask"], ["kept"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["kept", "last"], ["wide"]),
        helper.make_node("Mul", ["looked", "wide"], ["masked"]),
        helper.make_node("ReduceSum", ["masked", "middle"], ["logits"], keepdims=0),
    ]
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if types else [])]
    if types:  # what is behind the question counts; the question itself does not
        nodes[1] = helper.make_node("Cast", ["behind"], ["kept"], to=TensorProto.FLOAT)
        nodes.insert(1, helper.make_node("Mul", ["attention_mask", "token_type_ids"], ["behind"]))
    shape = ["batch", "length"]
    graph = helper.make_graph(
        nodes,
        "counts",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in names],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", columns])],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "middle"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(path))


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("name", ["model.onnx", "onnx/model_quantized.onnx"])
def test_a_cross_encoder_in_a_folder_scores_question_and_text_together(
    tmp_path: Path, columns: int, name: str
) -> None:
    """One number a text, or two of which the second says that it answers; in batches."""
    _model(tmp_path / name, columns)
    _tokenizer(tmp_path)
    reranker = open_reranker(f"onnx:{tmp_path}")
    assert reranker.scores(QUESTION, TEXTS) == [0.0, 5.0, 1.0]
    assert reranker.scores(QUESTION, TEXTS * 7) == [0.0, 5.0, 1.0] * 7
    assert reranker.scores(QUESTION * 900, ["team " * 900]) == pytest.approx([508], abs=4)
    assert Reordering(reranker).reordered(QUESTION, TEXTS, str) == (TEXTS[1], TEXTS[2], TEXTS[0])
    reranker.close()
    assert reranker.scores(QUESTION, []) == []


def test_a_cross_encoder_may_do_without_types_and_pad_in_another_way(tmp_path: Path) -> None:
    """Models of other families take two inputs; without a known word for padding 0 pads."""
    _model(tmp_path / "model.onnx", types=False)
    _tokenizer(tmp_path, pad="filler")
    reranker = open_reranker(f"onnx:{tmp_path}")
    assert reranker.scores(QUESTION, TEXTS) == [1.0, 6.0, 2.0]


@pytest.mark.parametrize("damage", ["three columns", "no model", "no tokenizer"])
def test_files_that_are_no_cross_encoder_are_told_so(tmp_path: Path, damage: str) -> None:
    """A damaged or another model is a sentence with the file, never what the library raised."""
    _model(tmp_path / "model.onnx", 3 if damage == "three columns" else 1)
    _tokenizer(tmp_path)
    if damage == "no model":
        (tmp_path / "model.onnx").write_bytes(b"nothing")
    if damage == "no tokenizer":
        (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    reranker = open_reranker(f"onnx:{tmp_path}")
    says = "3 numbers" if damage == "three columns" else "cannot be used"
    with pytest.raises(RerankError, match=says):
        reranker.scores(QUESTION, TEXTS)


def test_threads_load_a_cross_encoder_once(tmp_path: Path) -> None:
    """Several threads that come at the same time get the same scores."""
    _model(tmp_path / "model.onnx")
    _tokenizer(tmp_path)
    reranker = open_reranker(f"onnx:{tmp_path}")
    found: list[Sequence[float]] = []
    threads = [
        threading.Thread(target=lambda: found.append(reranker.scores(QUESTION, TEXTS)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[0.0, 5.0, 1.0]] * 6


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "onnx:",
        "onnx:/nowhere",
        "ftp://a/rerank",
        "something",
        "http://",
        "https://u:p@a/rerank",
    ],
)
def test_a_setting_that_names_no_reranker_is_refused(setting: str) -> None:
    """The sentence says what to write."""
    with pytest.raises(SetupError, match="INTERVIEWER_RERANKER"):
        open_reranker(setting)


def test_a_server_scores_by_documents() -> None:
    """llama.cpp, Jina and servers like them: one request, the model's name and the key with it."""
    with served("jina") as owner:
        reranker = open_reranker(f"{owner.address}#small", "k3y", beyond=False)
        assert reranker.scores(QUESTION, TEXTS) == [0.0, 1.0, 1.0]
        ((path, body, key),) = owner.asked
        reranker.close()
    assert path == "/v1/rerank"
    assert body == {"query": QUESTION, "documents": list(TEXTS), "top_n": 3, "model": "small"}
    assert key == "Bearer k3y"


def test_a_server_that_wants_texts_is_understood_once_and_for_all() -> None:
    """Text Embeddings Inference refuses the first form; the second is kept to, closed or not."""
    with served("tei") as owner:
        reranker = open_reranker(owner.address, beyond=False)
        assert reranker.scores(QUESTION, TEXTS) == [0.0, 1.0, 1.0]
        assert reranker.scores(QUESTION, TEXTS) == [0.0, 1.0, 1.0]
        assert ["texts" in body for _, body, _ in owner.asked] == [False, True, True]
        assert owner.asked[0][2] is None
        reranker.close()
        assert reranker.scores(QUESTION, TEXTS) == [0.0, 1.0, 1.0]
        reranker.close()


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        ("stalls", "in time"), ("drips", "in time"), ("closes", "broke off"),
        ("endless", "too long"), ("401", "status 401"), ("422", "status 422"),
        ("302", "status 302"), ("500", "status 500"),
    ],
)  # fmt: skip
def test_a_server_that_fails_is_told_in_a_sentence_and_the_order_stays(
    mode: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a server does, it costs its deadline at most, and none of its words pass on."""
    monkeypatch.setattr(serving, "DEADLINE", 0.4)
    with served(mode) as owner:
        reranker = RerankServer(owner.address, trust_proxy=False)
        with pytest.raises(RerankError, match=says) as failed:
            reranker.scores(QUESTION, TEXTS)
        assert "SECRET" not in str(failed.value)
        assert Reordering(reranker).reordered(QUESTION, TEXTS, str) == TEXTS
        reranker.close()


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    """Nobody listens: the order stays."""
    with served("jina") as owner:
        address = owner.address
    reranker = open_reranker(address, beyond=False)
    with pytest.raises(RerankError, match="could not be reached"):
        reranker.scores(QUESTION, TEXTS)
    reranker.close()


@pytest.mark.parametrize(
    "answer",
    [
        "nothing", "[" * 100_000, "null", "3", "{}", '{"results": 3}', '{"results": [3, 4]}', "[]",
        '[{"index": 0, "score": 1}]',
        '[{"index": 0, "score": 1}, {"index": 0, "score": 2}]',
        '[{"index": 0, "score": 1}, {"index": 2, "score": 2}]',
        '[{"index": 0, "score": 1}, {"index": -1, "score": 2}]',
        '[{"index": 0, "score": 1}, {"index": true, "score": 2}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": "2"}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": NaN}]',
        '[{"index": 0, "score": 1}, {"index": 1}]',
        '[{"index": 0, "score": 1}, {"index": 1, "score": true}]',
    ],
    ids=lambda answer: answer[:44],
)  # fmt: skip
def test_an_answer_without_a_score_for_each_text_is_none(answer: str) -> None:
    """Missing, doubled, strange or infinite scores order nothing."""
    with pytest.raises(RerankError):
        scores_in(answer.encode(), 2)
