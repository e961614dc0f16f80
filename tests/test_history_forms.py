"""Exports of further services, and tables of one's own, are known by their columns."""

from __future__ import annotations

import pytest

from penchant.retriever import CatalogueError
from penchant.retriever.catalogue.histories import Entry, read_history

LIBRARYTHING = (
    "Book Id\tTitle\tPrimary Author\tSecondary Author\tDate\tRating\tISBN\tCollections\tTags\n"
    "1\tThe Hobbit\tTolkien, J. R. R.\tLee, Alan\t2001\t4.5\t[0261102214]\tYour library\tfantasy\n"
    "2\tMomo\tEnde, Michael\t\t2010\t\t\tWishlist\t\n"
)
DISCOGS = (
    "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added\n"
    'X,Nirvana (2),Nevermind,DGC,"LP, Album, RE",5,2011,124,Uncategorized,2020-01-01 10:00:00\n'
)
RYM = (
    "RYM Album, First Name,Last Name,Title,Release_Date,Rating\n"
    "1,Nick,Drake,Pink Moon,1972,9\n"
    "2,,Kraftwerk,Autobahn,1974,7\n"
)
TRACKS = (
    "Track name,Artist name,Album,Playlist name,Type,ISRC\n"
    "Carey,Joni Mitchell,Blue,Best,Favorite,\n"
    "River,Joni Mitchell,Blue,Best,Favorite,\n"
)
LIBRARY = "Name,Artist,Album,Album Artist,Plays\nCarey,Joni Mitchell & Friends,Blue,Joni Mitchell,5\n"
NETFLIX = 'Title,Date\n"The Storm: Season 1: Rain","1/2/23"\n"Alien","1/3/23"\n'


def entries(text: str) -> list[Entry]:
    return list(read_history([("file.csv", text.encode())]).entries)


def test_librarything_names_who_wrote_it_and_has_the_years_of_editions_only() -> None:
    hobbit, momo = entries(LIBRARYTHING)
    assert (hobbit.service, hobbit.kind, hobbit.makers[0], hobbit.year) == (
        "LibraryThing",
        "book",
        "Tolkien, J. R. R.",
        0,
    )
    assert (hobbit.did, hobbit.rating) == ("seen", 0.9)
    assert "Lee, Alan" in hobbit.further
    assert ("isbn", "9780261102217") in hobbit.ids
    assert momo.did == "wanted"


def test_discogs_is_of_albums_and_what_is_in_no_folder_is_wanted() -> None:
    (owned,) = entries(DISCOGS)
    assert (owned.kind, owned.title, owned.makers, owned.year, owned.did) == (
        "album",
        "Nevermind",
        ("Nirvana (2)",),
        0,
        "seen",
    )
    (wanted,) = entries(DISCOGS.replace("CollectionFolder", "Notes").replace(",5,", ",,"))
    assert wanted.did == "wanted"


def test_a_name_in_two_columns_is_one() -> None:
    assert [(one.title, one.makers, one.year, one.rating) for one in entries(RYM)] == [
        ("Pink Moon", ("Nick Drake",), 1972, 0.9),
        ("Autobahn", ("Kraftwerk",), 1974, 0.7),
    ]


@pytest.mark.parametrize("text", [TRACKS, LIBRARY])
def test_a_list_of_songs_has_their_albums(text: str) -> None:
    (blue,) = entries(text)
    assert (blue.kind, blue.title, blue.makers[0], blue.did) == ("album", "Blue", "Joni Mitchell", "seen")


def test_netflix_has_two_columns_and_no_other_table_is_taken_for_it() -> None:
    assert [(one.service, one.kind, one.did) for one in entries(NETFLIX)] == [("Netflix", "film", "seen")] * 2
    (book,) = entries("Title,Author,Date Read\nMomo,Michael Ende,2023-01-02\n")
    assert (book.service, book.kind, book.did, book.when) == ("table", "", "seen", "2023-01-02")


@pytest.mark.parametrize(
    ("columns", "row", "title", "year", "makers"),
    [
        ("movie_name,watched_at,rating", "Alien,2020,5", "Alien", 0, ()),
        ("Album Title,Artist Name,Released,My Rating", "Blue,Joni Mitchell,1971,5", "Blue", 1971, ("Joni Mitchell",)),
        (
            "Title,Authors,First Publish Year,Bookshelf",
            "Dune,Frank Herbert,1965,Already Read",
            "Dune",
            1965,
            ("Frank Herbert",),
        ),
        ("Title,Director,Year,Seen", "Alien,Ridley Scott,1979,yes", "Alien", 1979, ("Ridley Scott",)),
        ("Название,Оригинальное название,Год,Моя оценка", "Чужой,Alien,1979,9", "Чужой", 1979, ()),
    ],
)
def test_a_table_of_ones_own(columns: str, row: str, title: str, year: int, makers: tuple[str, ...]) -> None:
    (found,) = entries(f"{columns}\n{row}\n")
    assert (found.title, found.year, found.makers, found.did) == (title, year, makers, "seen")


def test_a_table_that_says_nothing_of_what_was_done_is_no_history() -> None:
    with pytest.raises(CatalogueError, match="no history"):
        entries("Title,Director,Year\nAlien,Ridley Scott,1979\n")
    with pytest.raises(CatalogueError, match="no history"):
        entries("Date,Name,Tags,URL,Description\n2023-01-02,Films of my youth,,https://boxd.it/x,\n")
