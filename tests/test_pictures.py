"""Pictures through a real CLIP-type model, small and random: what speaks to what, and which files are read."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from penchant.retriever import (
    MENTION,
    CatalogueError,
    Field,
    Index,
    IndexMismatch,
    Interest,
    Item,
    PenchantError,
    Pictures,
    Schema,
    SearchConfig,
    build_index,
    infer_schema,
    open_index,
    override_schema,
    search,
)
from penchant.retriever.ranking.composition import can_place

from .conftest import HashEncoder, exact_scores, make_items
from .small_clip import WIDTH, save_small_clip
from .test_search import ASKED as CHROMA
from .test_search import Asking, recall

pytestmark = pytest.mark.slow

COUNT = 60
BY_SCORE = SearchConfig(balance=0)


def paint(path: Path, seed: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 256, (6, 9, 3), dtype=np.uint8)
    Image.fromarray(pixels).resize((90, 60)).save(path)
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_small_clip(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures of the items, and in `asked` some that people ask with."""
    folder = tmp_path_factory.mktemp("gallery")
    for n in range(COUNT):
        paint(folder / f"{n}.png", n)
    for n in range(3):
        paint(folder / "asked" / "more" / f"{n}.jpg", 1000 + n)
    (folder / "asked" / "3.png").write_bytes((folder / "3.png").read_bytes())
    (folder / "asked" / "text.png").write_text("no picture", encoding="utf-8")
    (folder / "asked" / "link.png").symlink_to(folder / "5.png")
    return folder


def with_pictures(count: int = COUNT) -> list[Item]:
    """Every fifth item has no picture."""
    items = make_items(count, seed=3)
    return [i if n % 5 == 4 else replace(i, fields={**i.fields, "cover": f"{n}.png"}) for n, i in enumerate(items)]


ITEMS = with_pictures()


def schema_of(items: list[Item], model: Path, **changes: object) -> Schema:
    inferred = infer_schema(items)
    fields = tuple(Field("cover", "image", 0.5) if f.name == "cover" else f for f in inferred.fields)
    return replace(inferred, fields=fields, pictures=str(model), **changes)


@pytest.fixture(scope="module")
def pictures(model: Path, gallery: Path) -> Pictures:
    return Pictures(str(model), queries=gallery / "asked", items=gallery)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, model: Path, pictures: Pictures) -> Index:
    folder = tmp_path_factory.mktemp("index")
    return build_index(ITEMS, folder, HashEncoder(), schema_of(ITEMS, model), pictures=pictures)


def test_texts_and_pictures_are_unit_vectors_of_one_space(pictures: Pictures, gallery: Path) -> None:
    found = np.concatenate([pictures.encode(["a red sea", "snow"]), pictures.encode_pictures([gallery / "0.png"])])
    assert found.shape == (3, WIDTH) and found.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert pictures.encode_pictures([]).shape == (0, WIDTH)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.png", "data:image/png;base64,AAAA"])
def test_a_text_that_looks_like_an_address_is_a_text(pictures: Pictures, address: str) -> None:
    assert pictures.encode([address]).shape == (1, WIDTH)


def test_a_text_that_is_a_path_is_a_text(pictures: Pictures, gallery: Path) -> None:
    path = gallery / "0.png"
    assert float(pictures.encode([str(path)])[0] @ pictures.encode_pictures([path])[0]) < 0.99


def test_a_changed_file_is_seen_again(pictures: Pictures, tmp_path: Path) -> None:
    path = paint(tmp_path / "a.png", 1)
    before = pictures.encode_pictures([path])
    paint(path, 2)
    assert not np.allclose(before, pictures.encode_pictures([path]))


def test_a_model_that_sees_nothing_is_refused(gallery: Path) -> None:
    with pytest.raises(PenchantError, match="sees no pictures"):
        Pictures("all-MiniLM-L6-v2").encode_pictures([gallery / "0.png"])


def block(index: Index, row: int) -> np.ndarray:
    return index.vectors([row])[0][index.layout.slices["cover"]]


def test_the_block_holds_what_sets_a_picture_apart(index: Index, pictures: Pictures, gallery: Path) -> None:
    shown = [n for n in range(COUNT) if n % 5 != 4]
    every = pictures.encode_pictures([gallery / f"{n}.png" for n in shown])
    apart = every - every.mean(axis=0)
    apart /= np.linalg.norm(apart, axis=1, keepdims=True)
    found = np.stack([block(index, index.catalogue.row[ITEMS[n].id]) for n in shown])
    np.testing.assert_allclose(found, apart, atol=1e-4)
    assert not block(index, index.catalogue.row[ITEMS[4].id]).any()


ASKED = [
    Interest("", "a red sea"),
    Interest("genres", "drama"),
    Interest("cover", "more/1.jpg"),
    Interest(MENTION, ITEMS[7].title, item=ITEMS[7].id),
    Interest("cover", "more/2.jpg", level="less"),
]


@pytest.mark.parametrize("scan", [1000, 0], ids=["all scored", "lanes"])
def test_shares_add_up_and_words_reach_pictures(index: Index, pictures: Pictures, scan: int) -> None:
    exact = exact_scores(index, ASKED)
    picks = search(index, ASKED, COUNT, search_config=SearchConfig(scan=scan)).picks
    for pick in picks:
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score, abs=1e-5)
        assert pick.score == pytest.approx(exact[index.catalogue.row[pick.item.id]], abs=1e-5)
    shares = {(s.interest, s.block) for pick in picks for s in pick.shares}
    spoken = {"a red sea", "genres: drama", "cover: more/1.jpg", "cover: more/2.jpg", f"like {ITEMS[7].title}"}
    assert spoken == {interest for interest, name in shares if name == "cover"}
    assert ("cover: more/1.jpg", "text") not in shares
    (alone,) = search(index, ASKED[:1], 1, search_config=BY_SCORE).picks
    expected = 0.5 * pictures.encode(["a red sea"])[0] @ block(index, index.catalogue.row[alone.item.id])
    assert next(s.value for s in alone.shares if s.block == "cover") == pytest.approx(expected, abs=1e-5)


def test_a_picture_finds_itself(index: Index) -> None:
    (first, *_) = search(index, [Interest("cover", "3.png")], 5, search_config=BY_SCORE).picks
    assert first.item.id == ITEMS[3].id


def test_an_item_without_a_picture_ranks_by_text(index: Index) -> None:
    """Its words still find it, and its lack of a picture counts neither for nor against it."""
    bare = ITEMS[4]
    asked = [Interest("", str(bare.fields["description"]))]
    (found,) = [pick for pick in search(index, asked, COUNT).picks if pick.item.id == bare.id]
    assert not [share for share in found.shares if share.block == "cover"]
    assert search(index, asked, 1, search_config=BY_SCORE).picks[0].item.id == bare.id


OUTSIDE = ["../3.png", "link.png", "none.png", "text.png", "more", "a\0b", "", "~/3.png", "http://127.0.0.1:9/3.png"]


@pytest.mark.parametrize("name", [*OUTSIDE, "absolute"])
def test_no_other_file_is_read(index: Index, gallery: Path, name: str) -> None:
    interest = Interest("cover", str(gallery / "3.png") if name == "absolute" else name)
    assert not can_place(index, interest)
    plain = search(index, [Interest("genres", "drama")], COUNT).picks
    assert search(index, [Interest("genres", "drama"), interest], COUNT).picks == plain


def test_a_program_can_ask_why(pictures: Pictures, model: Path) -> None:
    assert pictures.find("3.png").name == "3.png"
    with pytest.raises(PenchantError, match="no such picture in the folder to ask with"):
        pictures.find("../3.png")
    with pytest.raises(PenchantError, match="no folder of pictures to ask with"):
        Pictures(str(model)).find("3.png")


def test_a_never_with_a_picture_says_nothing(index: Index) -> None:
    results = search(index, [Interest("cover", "3.png", level="never")], COUNT)
    assert len(results.picks) == COUNT and results.excluded == ()


def test_an_index_comes_back_and_lets_nobody_point_to_files(tmp_path: Path, model: Path, pictures: Pictures) -> None:
    schema = schema_of(ITEMS, model)
    built = build_index(ITEMS, tmp_path, HashEncoder(), schema, pictures=pictures)
    opened = open_index(tmp_path, HashEncoder())
    np.testing.assert_array_equal(opened.layout.means["cover"], built.layout.means["cover"])
    words = ASKED[:2]
    scores = {pick.item.id: pick.score for pick in search(built, words, COUNT).picks}
    assert {pick.item.id: pick.score for pick in search(opened, words, COUNT).picks} == pytest.approx(scores, abs=1e-5)
    assert not can_place(opened, Interest("cover", "3.png"))
    encoder = HashEncoder()
    again = build_index(ITEMS, tmp_path, encoder, schema, pictures=pictures)
    assert encoder.texts == [] and again.layout == built.layout


def test_another_picture_model_is_refused(tmp_path: Path, model: Path, pictures: Pictures) -> None:
    other = save_small_clip(tmp_path / "other", seed=1)
    folder = tmp_path / "index"
    build_index(ITEMS[:10], folder, HashEncoder(), schema_of(ITEMS[:10], model), pictures=pictures)
    with pytest.raises(IndexMismatch, match="was made with clip:"):
        open_index(folder, HashEncoder(), Pictures(str(other)))


def test_a_changed_picture_changes_its_item(tmp_path: Path, model: Path) -> None:
    items, schema = ITEMS[:12], schema_of(ITEMS[:12], model)
    for n in range(12):
        paint(tmp_path / f"{n}.png", n)
    seeing = Pictures(str(model), items=tmp_path)
    found = []
    for seed in (2, 99):
        paint(tmp_path / "2.png", seed)
        index = build_index(items, tmp_path / "index", HashEncoder(), schema, pictures=seeing)
        found.append(np.stack([block(index, index.catalogue.row[item.id]) for item in items]))
    assert np.flatnonzero(~np.isclose(*found, atol=1e-4).all(axis=1)).tolist() == [2]


BROKEN = {"missing": None, "text": b"no picture", "cut off": b"\x89PNG\r\n\x1a\n\x00\x00"}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_picture_is_named(tmp_path: Path, model: Path, content: bytes | None) -> None:
    for n in range(4):
        paint(tmp_path / f"{n}.png", n)
    (tmp_path / "2.png").unlink()
    if content is not None:
        (tmp_path / "2.png").write_bytes(content)
    seeing = Pictures(str(model), items=tmp_path)
    with pytest.raises(CatalogueError, match=rf"item '{ITEMS[2].id}': .*2\.png"):
        build_index(ITEMS[:5], tmp_path / "index", HashEncoder(), schema_of(ITEMS[:5], model), pictures=seeing)


def test_smaller_blocks(tmp_path: Path, model: Path, pictures: Pictures) -> None:
    schema = schema_of(ITEMS, model, dimensions=40)
    index = build_index(ITEMS, tmp_path, HashEncoder(), schema, pictures=pictures)
    assert index.layout.dimensions == 40
    exact = exact_scores(index, ASKED)
    for pick in search(index, ASKED, 30).picks:
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score, abs=1e-5)
        assert pick.score == pytest.approx(exact[index.catalogue.row[pick.item.id]], abs=1e-5)
    opened = open_index(tmp_path, HashEncoder(), pictures)
    assert search(opened, ASKED, 30).picks == search(index, ASKED, 30).picks


def test_schema_file(tmp_path: Path, model: Path) -> None:
    path = tmp_path / "schema.toml"
    path.write_text('[fields.cover]\nkind = "image"\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match="images need a model that sees them"):
        override_schema(infer_schema(ITEMS), path)
    path.write_text(f'pictures = "{model}"\n[fields.cover]\nkind = "image"\nweight = 0.7\n', encoding="utf-8")
    schema = override_schema(infer_schema(ITEMS), path)
    assert (schema.pictures, schema.of("image"), schema.weight("cover")) == (str(model), ("cover",), 0.7)


def test_a_field_without_a_picture(tmp_path: Path, model: Path) -> None:
    items = make_items(5)
    schema = replace(infer_schema(items), pictures=str(model))
    schema = replace(schema, fields=(*schema.fields, Field("cover", "image")))
    with pytest.raises(CatalogueError, match="no item has a picture in the field 'cover'"):
        build_index(items, tmp_path, HashEncoder(), schema)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, model: Path, gallery: Path) -> Index:
    """5,000 items that share 48 pictures, so that it is made in seconds."""
    rng = random.Random(0)
    shown = [n for n in range(COUNT) if n % 5 != 4]
    items = [replace(i, fields={**i.fields, "cover": f"{rng.choice(shown)}.png"}) for i in make_items(5000)]
    seeing = Pictures(str(model), queries=gallery / "asked", items=gallery)
    return build_index(items, tmp_path_factory.mktemp("many"), HashEncoder(), schema_of(items, model), pictures=seeing)


SHAPES = {
    "a picture": lambda a: [Interest("cover", "more/1.jpg")],
    "picture and genre": lambda a: [Interest("cover", "3.png"), a.genre()],
    "text": lambda a: [a.text()],
    "picture, mention and theme": lambda a: [Interest("cover", "more/0.jpg"), a.mention(), a.theme()],
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_recall_against_an_exact_scan(many: Index, shape) -> None:
    asking = Asking(list(many.catalogue.items), seed="pictures")
    found = [recall(many, shape(asking), [], CHROMA) for _ in range(5)]
    assert np.mean(found) >= 0.98, [round(r, 2) for r in found]
