"""Histories as services give them: known by their columns, read row by row, whatever they are packed in."""

from __future__ import annotations

import gzip
import json

import pytest

from penchant.retriever import CatalogueError
from penchant.retriever.catalogue.histories import Entry, History, read_history

from . import exports
from .exports import IMDB, IMDB_LIST, STORYGRAPH, book, film, letterboxd, packed, spotify, table, trakt


def read(data: bytes, name: str = "file", person: str = "") -> History:
    return read_history([(name, data)], person)


def said(history: History) -> list[tuple[str, str, float | None]]:
    return [(entry.title, entry.did, entry.rating) for entry in history.entries]


def test_goodreads_says_what_was_read_wanted_and_given_up() -> None:
    rows = [
        book(
            "Dune (Dune Chronicles #1)",
            "Frank Herbert",
            1965,
            5,
            ISBN13='="9780441013593"',
            **{"Date Read": "2019/03/01"},
        ),
        book("Emma", "Jane Austen", 1815, 0, "to-read"),
        book("Ulysses", "James Joyce", 1922, 0, "abandoned"),
        book("Beloved", "Toni Morrison", 1987, 0, "read", Bookshelves="did-not-finish, fiction"),
        book("Matilda", "Roald Dahl", 1988, 0, "currently-reading"),
    ]
    history = read(table(exports.GOODREADS, *rows))
    assert said(history) == [
        ("Dune (Dune Chronicles #1)", "seen", 1.0),
        ("Emma", "wanted", None),
        ("Ulysses", "left", None),
        ("Beloved", "left", None),
        ("Matilda", "seen", None),
    ]
    dune = history.entries[0]
    assert (dune.service, dune.kind, dune.makers, dune.year, dune.when) == (
        "Goodreads",
        "book",
        ("Frank Herbert",),
        1965,
        "2019-03-01",
    )
    assert ("isbn", "9780441013593") in dune.ids


def test_storygraph_has_quarters_of_stars() -> None:
    rows = [
        {"Title": "Piranesi", "Authors": "Susanna Clarke", "Read Status": "read", "Star Rating": "4.25"},
        {"Title": "It", "Authors": "Stephen King", "Read Status": "did-not-finish"},
        {"Title": "Emma", "Authors": "Jane Austen", "Read Status": "to-read"},
    ]
    assert said(read(table(STORYGRAPH, *rows))) == [
        ("Piranesi", "seen", 0.85),
        ("It", "left", None),
        ("Emma", "wanted", None),
    ]


def test_who_is_named_first_made_it_and_others_stand_behind() -> None:
    """Translators, illustrators, co-authors and guests are not whose work it is; a pair, or a name turned round, is."""
    kindred = book("Kindred: A Graphic Novel Adaptation", "Damian Duffy", 2017, 0, "read")
    kindred["Additional Authors"] = "Octavia E. Butler, John Jennings"
    (entry,) = read(table(exports.GOODREADS, kindred)).entries
    assert (entry.makers, entry.further[0]) == (("Damian Duffy",), "Octavia E. Butler, John Jennings")
    assert {"Octavia E. Butler", "John Jennings"} <= set(entry.further)

    names = ["Simon & Garfunkel", "Santana feat. Rob Thomas", "Herbert, Frank", "Ari Folman, David Polonsky"]
    rows = "".join(f'"x","{name}",5\n' for name in names)
    makers = [(e.makers, e.further) for e in read(f"title,author,rating\n{rows}".encode()).entries]
    assert makers == [
        (("Simon & Garfunkel", "Simon", "Garfunkel"), ()),
        (("Santana feat. Rob Thomas", "Santana"), ("Rob Thomas",)),
        (("Herbert, Frank", "Herbert"), ("Frank",)),
        (("Ari Folman, David Polonsky", "Ari Folman"), ("David Polonsky",)),
    ]


def test_letterboxd_tells_its_lists_apart_by_their_names_and_skips_what_was_deleted() -> None:
    data = letterboxd(
        [film("Solaris", 1972, 4.5)],
        watched=[film("Solaris", 1972), film("Alien", 1979)],
        watchlist=[film("Stalker", 1979)],
        likes=[film("Alien", 1979)],
        deleted=[film("Cats", 2019, 5)],
    )
    history = read(data, "letterboxd.zip")
    assert sorted(said(history), key=str) == [
        ("Alien", "liked", None),
        ("Alien", "seen", None),
        ("Solaris", "seen", 0.9),
        ("Solaris", "seen", None),
        ("Stalker", "wanted", None),
    ]
    assert any("deleted" in note for note in history.notes) and any("profile.csv" in note for note in history.notes)


def test_a_list_of_letterboxd_by_another_name_is_said_to_be_open() -> None:
    history = read(table(exports.LETTERBOXD, film("Alien", 1979)), "films.csv")
    assert said(history) == [("Alien", "seen", None)] and "watchlist.csv" in history.notes[0]


def test_imdb_ratings_and_watchlist() -> None:
    one = {"Const": "tt0078748", "Your Rating": 9, "Date Rated": "2023-11-02", "Title": "Alien", "Year": 1979}
    more = {"Original Title": "Alien", "Title Type": "Movie", "Directors": "Ridley Scott", "Release Date": "1979-05-25"}
    rated = read(table(IMDB, one | more)).entries[0]
    assert (rated.rating, rated.kind, rated.did, rated.ids) == (0.9, "film", "seen", {("imdb", "tt0078748")})
    listed = read(
        table(IMDB_LIST, {"Const": "tt1", "Title": "Dark", "Title Type": "TV Series", "Position": 1})
    ).entries[0]
    assert (listed.did, listed.kind, listed.ids) == ("wanted", "series", {("imdb", "tt0000001")})


def test_trakt_ratings_watched_and_watchlist_and_episodes_do_not_rate_the_show() -> None:
    alien = ("movie", "Alien", 1979, "tt0078748")
    assert said(read(trakt("rated_at", alien, rating=8))) == [("Alien", "seen", 0.8)]
    assert said(read(trakt("listed_at", alien, rank=1, notes=None))) == [("Alien", "wanted", None)]
    assert said(read(trakt("last_watched_at", alien, plays=4)))[0][1] == "seen"
    show = {"show": {"title": "Dark", "year": 2017, "ids": {"imdb": "tt5753856"}}}
    episode = {"rated_at": "2024-05-01T20:00:00.000Z", "rating": 1, "type": "episode", "episode": {"number": 1}} | show
    assert said(read(json.dumps([episode]).encode())) == [("Dark", "seen", None)]
    both = json.dumps(
        {"ratings": json.loads(trakt("rated_at", alien, rating=8)), "watchlist": [show | {"listed_at": "x"}]}
    )
    assert said(read(both.encode())) == [("Alien", "seen", 0.8), ("Dark", "wanted", None)]


RATINGS = b"userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,6,0.5,964981247\n2,6,5.0,964981247\n"
MOVIES = b"movieId,title,genres\n1,Toy Story (1995),Adventure|Animation\n6,Heat (1995),Action\n"
LINKS = b"movieId,imdbId,tmdbId\n1,0114709,862\n6,0113277,949\n"


def test_movielens_is_joined_and_asks_whose_ratings_are_meant() -> None:
    folder = packed(
        {"ml/ratings.csv": RATINGS, "ml/movies.csv": MOVIES, "ml/links.csv": LINKS, "ml/README.txt": b"Summary\n"}
    )
    history = read(folder, person="1")
    assert said(history) == [("Toy Story (1995)", "seen", 0.8), ("Heat (1995)", "seen", 0.1)]
    assert ("imdb", "tt0114709") in history.entries[0].ids and history.entries[0].when == "2000-07-30"
    with pytest.raises(CatalogueError, match=r"2 people; name one of them with --person: 1, 2"):
        read(folder)
    with pytest.raises(CatalogueError, match="nobody in it is '7'"):
        read(folder, person="7")


def test_plays_are_summed_and_what_was_skipped_is_none() -> None:
    kid = ("Radiohead", "Kid A", "Idioteque", 309_000)
    history = read(spotify(kid, kid, ("Radiohead", "Amnesiac", "Knives Out", 4_000)))
    assert [(e.title, e.makers, e.times, e.did) for e in history.entries] == [("Kid A", ("Radiohead",), 2, "seen")]


def test_scrobbles_of_last_fm_with_a_header_and_without() -> None:
    rows = b'Radiohead,Kid A,Idioteque,"01 Feb 2023, 10:11"\nRadiohead,Kid A,Optimistic,01 Feb 2023 10:16\n'
    (bare,) = read(rows).entries
    assert (bare.title, bare.times, bare.line, bare.service) == ("Kid A", 2, 1, "Last.fm")
    header = b"uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
    (named,) = read(header + b'"1675246260","01 Feb 2023, 10:11","Radiohead","","Kid A","","Idioteque",""\n').entries
    assert (named.title, named.makers) == ("Kid A", ("Radiohead",))


def test_the_statistics_of_last_fm_name_the_person_in_a_column() -> None:
    (entry,) = read("Artist;Album;AlbumId;Track;Date#bob\nBjörk;Homogenic;;Jóga;1675246260000\n".encode()).entries
    assert (entry.title, entry.makers, entry.service) == ("Homogenic", ("Björk",), "Last.fm")


def test_a_shelf_of_what_is_owned_says_nothing_of_what_was_read() -> None:
    assert said(read(table(exports.GOODREADS, book("Emma", "Jane Austen", 1815, 0, "owned-books")))) == [
        ("Emma", "", None)
    ]


def test_listenbrainz_listens_and_loves() -> None:
    track = {"artist_name": "Björk", "track_name": "Jóga", "release_name": "Homogenic", "additional_info": {}}
    release = "2cd1c5f2-9b1e-4b5a-8b1e-0a1b2c3d4e5f"
    listens = [{"listened_at": 1, "track_metadata": track | {"mbid_mapping": {"release_mbid": release}}}] * 2
    (listened,) = read("\n".join(map(json.dumps, listens)).encode()).entries
    assert (listened.title, listened.times, listened.ids) == ("Homogenic", 2, {("mbid", release)})
    love = {"recording_mbid": release, "score": 1, "created": 1, "track_metadata": track}
    assert read(json.dumps([love, love | {"score": -1}]).encode()).entries[1].did == "disliked"


def test_games_that_were_played_and_those_that_wait() -> None:
    games = [
        {"appid": 220, "name": "Half-Life 2", "playtime_forever": 900},
        {"appid": 4, "name": "X", "playtime_forever": 0},
    ]
    steam = json.dumps({"response": {"game_count": 2, "games": games}}).encode()
    assert [entry.did for entry in read(steam).entries] == ["seen", "wanted"]
    rows = [
        {"objectname": "Azul", "objectid": 230802, "rating": 8.5, "own": 1, "numplays": 3, "yearpublished": 2017},
        {"objectname": "Root", "objectid": 237182, "rating": 0, "own": 0, "wishlist": 1, "numplays": 0},
    ]
    found = read(table(exports.BOARD_GAMES, *rows)).entries
    assert [(e.title, e.did, e.rating, e.times) for e in found] == [
        ("Azul", "seen", 0.85, 3),
        ("Root", "wanted", None, 0),
    ]


def test_what_is_owned_is_told_by_each_service_that_says_so() -> None:
    goodreads = [
        book("Emma", "Jane Austen", 1815, 4) | {"Owned Copies": 1},
        book("Dune", "Frank Herbert", 1965, 5) | {"Owned Copies": 0},
        book("Dracula", "Bram Stoker", 1897, 0, "owned-books"),
    ]
    assert [entry.owned for entry in read(table(exports.GOODREADS, *goodreads)).entries] == [True, False, True]
    story = {"Title": "Emma", "Authors": "Jane Austen", "Read Status": "read", "Owned?": "Yes"}
    found = read(table(exports.STORYGRAPH, story, story | {"Owned?": "No"})).entries
    assert [entry.owned for entry in found] == [True, False]
    games = [
        {"objectname": name, "objectid": n, "own": n, "wishlist": 1 - n} for n, name in enumerate(("Root", "Azul"))
    ]
    assert [entry.owned for entry in read(table(exports.BOARD_GAMES, *games)).entries] == [False, True]
    steam = {"response": {"games": [{"appid": 220, "name": "Half-Life 2", "playtime_forever": 0}]}}
    assert [(e.owned, e.did) for e in read(json.dumps(steam).encode()).entries] == [(True, "wanted")]
    shelves = "Title\tPrimary Author\tCollections\nEmma\tJane Austen\tYour library\nDune\tFrank Herbert\tWishlist\n"
    assert [entry.owned for entry in read(shelves.encode()).entries] == [True, False]
    (own,) = read(b"Game,Owned\nCatan,yes\n").entries
    assert own.owned and own.did == ""


@pytest.mark.parametrize(
    ("cells", "ratings"),
    [
        (["4.5", "2"], [0.9, 0.4]),
        (["4,5", "2"], [0.9, 0.4]),
        (["8/10", "3 / 10"], [0.8, 0.3]),
        (["★★★½", "★"], [0.7, 0.2]),
        (["⭐⭐⭐⭐", "⭐"], [0.8, 0.2]),
        (["85", "40"], [0.85, 0.4]),
        (["90%", "50 %"], [0.9, 0.5]),
        (["👍", "👎"], [1.0, 0.0]),
        (["9", "0"], [0.9, None]),
    ],
)
def test_a_plain_table_with_ratings_of_any_kind(cells: list[str], ratings: list[float | None]) -> None:
    text = "Film;Bewertung\n" + "".join(f"Film {n};{cell}\n" for n, cell in enumerate(cells))
    assert [entry.rating for entry in read(text.encode()).entries] == ratings


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "utf-16"])
def test_whatever_the_encoding_and_the_packing(encoding: str) -> None:
    names = ["Amélie", "Léon", "Señorita Júlia", "Das weiße Band", "À bout de souffle", "La règle du jeu"]
    text = "Title,Year,Rating\r\n" + "".join(f"{name},2001,4\r\n" for name in names)
    data = text.encode(encoding)
    for form in (data, gzip.compress(data), packed({"a/films.csv": data})):
        assert [entry.title for entry in read(form).entries] == names


@pytest.mark.parametrize(
    "header", ["Title,⭐ Rating (out of 10)", "Movie Title:,Score /10", "TITLE;My_Rating", "Name\tRating [1-10]"]
)
def test_columns_may_be_adorned(header: str) -> None:
    mark = next(mark for mark in ",;\t" if mark in header)
    text = header + "".join(f"\nFilm {n}{mark}{n}" for n in range(1, 11))
    assert [entry.rating for entry in read(text.encode()).entries] == [n / 10 for n in range(1, 11)]


def test_what_lies_beside_a_history_is_left_out_and_named() -> None:
    """A service's zip has a manual, pictures and settings in it."""
    noise = bytes(range(256)) * 400
    files = {"history.json": spotify(("Radiohead", "Kid A", "Idioteque", 309_000)), "Read.pdf": b"%PDF-1.4\n" + noise}
    history = read(packed(files | {"me.json": b'{"name": "x"}', "cover.png": b"\x89PNG\r\n\x1a\n" + noise}))
    assert [entry.title for entry in history.entries] == ["Kid A"]
    assert {note.split(":")[0].split("/")[-1] for note in history.notes} == {"Read.pdf", "me.json", "cover.png"}


def test_odd_dates_and_five_thousand_rows() -> None:
    rows = [film(f"Film {n}", 1950 + n % 70, 1 + n % 9 / 2, Date=f"{1 + n % 28:02}/03/2021") for n in range(5000)]
    entries = read(table([*exports.LETTERBOXD, "Rating"], *rows)).entries
    assert len(entries) == 5000 and entries[14].when == "2021-03-15"


@pytest.mark.parametrize("data", [b"", b"name,colour\nA,red\n", b"\x00\x01\x02" * 99, b"[]", b"PK\x03\x04broken", b"{"])
def test_what_is_no_history_is_refused_and_says_what_would_be(data: bytes) -> None:
    with pytest.raises(CatalogueError, match="Goodreads, StoryGraph, Letterboxd"):
        read(data, "odd.csv")


def test_a_row_without_a_title_is_counted() -> None:
    history = read(b"Title,Rating\nAlien,4\n,3\n")
    assert (
        len(history.entries) == 1
        and "1 row names no work" in history.notes[0]
        and isinstance(history.entries[0], Entry)
    )


def test_a_library_of_spotify_has_albums_that_were_saved_and_those_of_saved_songs() -> None:
    library = {
        "tracks": [{"artist": "Nils Berg", "album": "Harbour", "track": name, "uri": f"t:{name}"} for name in "abc"],
        "albums": [{"artist": "Ida Berg", "album": "The Last Tram", "uri": "a:1"}],
        "artists": [{"name": "Nils Berg", "uri": "r:1"}],
    }
    history = read_history([("YourLibrary.json", json.dumps(library).encode())])
    assert [(e.title, e.makers, e.kind, e.did, e.times) for e in history.entries] == [
        ("Harbour", ("Nils Berg",), "album", "seen", 3),
        ("The Last Tram", ("Ida Berg",), "album", "liked", 0),
    ]


def test_imdb_says_how_long_a_film_is() -> None:
    header = "Const,Your Rating,Title,Original Title,Title Type,Runtime (mins),Year,Directors"
    history = read_history([("ratings.csv", f"{header}\ntt1,8,Der Zug,The Train,Movie,96,1957,Ida Berg\n".encode())])
    assert [(entry.minutes, entry.others) for entry in history.entries] == [(96.0, ("The Train",))]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5), (3, 5, 1, 4, 0, 2)])
def test_a_list_under_headings_of_ones_own_is_read_by_its_cells(order: tuple[int, ...]) -> None:
    head = ["Das da", "Wer war's", "Was für eins", "Wann", "Meine Punkte", "dazu"]
    lists = [
        ["Das weiße Band", "Michael Haneke", "film", "04/02/2022", "7", "im Kino"],
        ["Die Wand", "Marlen Haushofer", "book", "12/04/2022", "9.5", ""],
        ["Der Turm", "Uwe Tellkamp", "book", "30/04/2022", "", "zu lang und immer wieder von vorne angefangen"],
        *([title, "Kraftwerk", "album", "07/06/2022", "8", "auf Platte"] for title in ("Autobahn", "Computerwelt")),
    ]
    rows = [",".join(row[n] for n in order) for row in (head, *lists)]
    history = read_history([("meine liste.csv", "\n".join(rows).encode())])
    found = [(e.title, e.makers[0], e.kind, e.when, e.rating, e.did) for e in history.entries]
    assert found[:2] == [
        ("Das weiße Band", "Michael Haneke", "film", "2022-02-04", 0.7, "seen"),
        ("Die Wand", "Marlen Haushofer", "book", "2022-04-12", 0.95, "seen"),
    ]
    assert found[2] == ("Der Turm", "Uwe Tellkamp", "book", "2022-04-30", None, "seen")
    assert [title for title, *_ in found][3:] == ["Autobahn", "Computerwelt"]


def test_a_table_of_works_that_says_nothing_of_a_person_is_no_history() -> None:
    rows = "what,who,sort\nSolaris,Stanislaw Lem,book\nDune,Frank Herbert,book\nBlindsight,Peter Watts,book\n"
    with pytest.raises(CatalogueError, match="column of titles"):
        read_history([("works.csv", rows.encode())])


def test_cells_that_are_lists_are_no_dates() -> None:
    rows = [{"what": f"Thing {n}", "who": ["Ann", "Bo"], "colours": ["red", "blue"]} for n in range(5)]
    with pytest.raises(CatalogueError, match="no history"):
        read_history([("things.json", json.dumps(rows).encode())])
