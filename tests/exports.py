"""Histories as services write them: columns in their names and order, made of few works."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

GOODREADS = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,"
    "Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,"
    "Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies"
).split(",")
STORYGRAPH = (
    "Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,Pace,"
    "Character- or Plot-Driven?,Strong Character Development?,Loveable Characters?,Diverse Characters?,"
    "Flawed Characters?,Star Rating,Review,Content Warnings,Content Warning Description,Tags,Owned?"
).split(",")
LETTERBOXD = "Date,Name,Year,Letterboxd URI".split(",")
DIARY = [*LETTERBOXD, "Rating", "Rewatch", "Tags", "Watched Date"]
IMDB = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,"
    "Release Date,Directors"
).split(",")
IMDB_LIST = (
    "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,"
    "Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated"
).split(",")
BOARD_GAMES = (
    "objectname,objectid,rating,numplays,weight,own,fortrade,want,wanttobuy,wanttoplay,prevowned,preordered,wishlist,"
    "wishlistpriority,wishlistcomment,comment,conditiontext,haspartslist,wantpartslist,collid,baverage,average,"
    "avgweight,rank,numowned,objecttype,originalname,minplayers,maxplayers,playingtime,maxplaytime,minplaytime,"
    "yearpublished,bggrecplayers,bggbestplayers,bggrecagerange,bgglanguagedependence,publisherid,imageid,year,"
    "language,other,itemtype"
).split(",")


def table(columns: Sequence[str], *rows: Mapping[str, Any]) -> bytes:
    """CSV; what a row does not say is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by their names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return data.getvalue()


def book(title: str, author: str, year: int, rating: float = 0, shelf: str = "read", **more: Any) -> dict[str, Any]:
    """A row of Goodreads."""
    return {
        "Title": title,
        "Author": author,
        "ISBN": '=""',
        "ISBN13": '=""',
        "My Rating": rating,
        "Original Publication Year": year,
        "Exclusive Shelf": shelf,
        "Read Count": int(shelf == "read"),
        **more,
    }


def film(name: str, year: int, rating: float | str = "", **more: Any) -> dict[str, Any]:
    """A row of Letterboxd."""
    return {"Date": "2024-01-02", "Name": name, "Year": year, "Letterboxd URI": "https://boxd.it/x", **more} | (
        {"Rating": rating} if rating else {}
    )


def letterboxd(ratings: Sequence[Mapping[str, Any]], **lists: Sequence[Mapping[str, Any]]) -> bytes:
    """The whole zip: ratings, and watched, watchlist, likes."""
    files = {
        "ratings.csv": table([*LETTERBOXD, "Rating"], *ratings),
        "profile.csv": b"Date Joined,Username\r\n2020,b\r\n",
    }
    places = {"likes": "likes/films.csv", "deleted": "deleted/diary.csv"}
    for name, rows in lists.items():
        columns = DIARY if name in ("diary", "deleted") else LETTERBOXD
        files[places.get(name, f"{name}.csv")] = table(columns, *rows)
    return packed(files)


def trakt(did: str, *works: tuple[str, str, int, str], **more: Any) -> bytes:
    """Works (kind, title, year, imdb) with what each row says besides."""
    rows = [
        {did: "2024-05-01T20:00:00.000Z", **more, "type": kind}
        | {kind: {"title": title, "year": year, "ids": {"trakt": 1, "slug": "x", "imdb": imdb, "tmdb": 9}}}
        for kind, title, year, imdb in works
    ]
    return json.dumps(rows).encode()


def spotify(*plays: tuple[str, str, str, int]) -> bytes:
    """Plays (artist, album, track, milliseconds) of the extended streaming history."""
    rows = [
        {
            "ts": "2023-03-05T18:21:40Z",
            "platform": "ios",
            "ms_played": ms,
            "conn_country": "DE",
            "ip_addr": "127.0.0.1",
            "master_metadata_track_name": track,
            "master_metadata_album_artist_name": artist,
            "master_metadata_album_album_name": album,
            "spotify_track_uri": "spotify:track:1",
            "episode_name": None,
            "episode_show_name": None,
            "spotify_episode_uri": None,
            "reason_start": "trackdone",
            "reason_end": "trackdone",
            "shuffle": False,
            "skipped": False,
            "offline": False,
            "offline_timestamp": 1678040000,
            "incognito_mode": False,
        }
        for artist, album, track, ms in plays
    ]
    return json.dumps(rows, indent=2).encode()
