"""Words that say nothing about taste: function words, and the words with which one asks for recommendations.

`CHATTER` are words of conversation that may stand in a wish but are no wish alone.
"""

from __future__ import annotations

from collections.abc import Iterable

STOPWORDS = frozenset(
    """
    a about above absolutely across add advice after afternoon again against album albums all almost already
    alright also although always am among an and another any anyone anything are aren around as ask at away
    awesome back be because been before being best better between big bit book books both but by bye can can't
    cannot cant check checked cool could couldn day definitely did didn didn't didnt different dish dishes do
    does doesn doing don don't done dont down during each either else enjoy enjoyed enjoys even evening ever
    every everyone everything fan fans favorite favorites favourite feel feeling feels few film films find
    fine for found from get getting give go going good goodbye goodnight got great guess ha had has have haven
    haven't having he hear heard hello help her here hey hi him his hmm how huge i i'd i'll i'm i've id idea
    if im in inside interested into is isn it it'd it's its ive just kind know known last lately least let
    let's like liked likes list listen listening ll looking lot love loved loves made make many may maybe me
    might mind mine mood more morning most movie movies much music must my name near need never next nice no
    none nope nor not nothing now of off oh ok okay on once one ones only onto option options or other others
    our out over own perfect perhaps play played playlist please pretty probably put quite rather re read
    reading really recipe recipes recommend recommendation recommendations recommended right same saw say see
    seem seen she should show similar since so some somebody someone something song songs sort still such
    suggest suggestion suggestions sure take tell than thank thanks that that's the their them then there
    there's these they they're thing things think this those though thought through time to today tonight too
    track tracks try two type under until up upon us use used usually ve very want wanted wants was wasn watch
    watched watching way we we'll we're we've weekend welcome well were what what's whatever whats when where
    which while who who's whose why will wish with without wonder would wouldn yeah year years yes yet you
    you'll you're you've your yours
    bc btw cos coz cuz gimme idk imo lol needs omg pls plz smth sth tbh thx u ur
    """.split()
) | frozenset(
    "我你您他她它们的地得了过着吗吧呢啊呀嘛哦都也和与跟或就很太又还再想要看听读给来点些个部本首张这那有没是在请能可以会推荐帮喜欢但而且"
)

CHATTER = frozenset(
    """
    able according actor actors actress actresses actually admit afterwards ago agree agreed ah aha alone along
    alot alternatively amazing amazon amount anyhow anymore anythin anything's anyways anywhere apart apologies
    app appreciate area artist artists asap aside asked asking assist assistance attention audio author authors
    available average awards awhile bad band bands basically bear become begin believe besides
    bet bits booked booking bought bring brings bro brought buddy bunch busy buy buying call called came care
    cast catch categories category cause certain certainly chance change channel character characters chat
    chatting cheers choice choices choose chose cinema close come comes coming compare completely confirm
    consider considered considering continue correct couple course current currently cut date days deal deals
    decade decent decide decided def depends described details difference director directors disagree dude dunno
    dvd earlier early easily easy eh end ended ending enough entire entirely especially etc evenings evenly
    eventually everyone's exact exactly example examples excellent excited expect extra extremely eye fact facts
    fairly fall family's fantastic far fave faves favs feature features fell felt figure fill film's finish
    finished fit fits flick flicks folks follow forever forget forgot forgotten form forward friend's friendly
    fully further future gave general generally genre genres gets given gives glad goes gone gonna good's google
    gosh gotcha gotta grab grew guy guys haha hahaha half hand happen happened happens hard hardly hated hbo
    head hearing held hell helped helpful helping helps high highly hit hmmm hold honest honestly hope hopefully
    hoping hour hours hulu ideal ideally ideas imdb immediately imo important impressed include included
    includes including incredible incredibly indeed info information instead intend interest interesting
    internet intriguing involve involves issue item items join joke keep keeps kept kid's kidding kinda kinds
    knew knowing knowledge knows later latest latter laughs leading leads leave left less lets letting level
    liking lines link listened listing literally lived living lol longer looked looks lost lots lovely
    lower luck madam main mainly makes making man mate matter mean meaning means meant media meet mention
    mentioned mentioning message met mid minute minutes miss missed missing moment month months mostly move
    moved movie's myself nah named names naturally near nearly necessarily needed needs neither netflix new
    newer newest nicely nobody none normal normally note nothing's noticed novel novels number numbers obviously
    occasionally offer offered offers often older oldest omg online ooh oooh opening opinion opposite
    optional order originally others' ours ourselves overall owned page parents part particular particularly
    parts pass past pay people perfectly period person personal personally phone pick picked picking picks piece
    pieces place places plan planned planning plans plenty plot plots pls plus plz podcast point points possible
    possibly post prefer preferable preferably preference preferences preferred prefers prepare previous
    previously price problem produced promise proper properly provide provided pull purchase putting qualify
    question questions quick quickly random rate rated ratings reach ready real realize reason reasonable
    reasons recall received recent recently recipe's recognize reference regarding regular related relative
    release released remake remakes remember remind reminded reminds rent replied request requests require
    reservation reservations rest result results return review reviewed reviews rewatch rid row run said sample
    saying says scene scenes schedule screen search searched searching seat second seconds seeing seek seeking
    seemed seems seldom selection send sense sent sequel sequels series seriously set setting shall share shot
    showed showing shown shows side similarly simply since singer singers single sir sit site sitting situation
    somehow someone's someplace somethin sometime sometimes somewhat somewhere soon sorry sorta sorts sound
    sounded sounding sounds specific specifically spend spot spotify stand standing star starred starring stars
    start started starting starts state stay stayed staying stick stop storyline straight stream streaming stuck
    stuff style styles subject suggesting suit suitable sum sup super supposed surely surprise surprised talk
    talked talking taste tastes television telling tend term terms thankful theater theaters theatre theatres
    theme themes themselves thinking thinks thoughts thx ticket tickets til till times tired title titled titles
    together told tomorrow ton tons took topic total totally touch toward towards trailer trailers tried trilogy
    trouble true truly trust trying turn turned tv twice ty typical typically ugh uhm ultimately umm understand
    unfortunately unless unlike unsure until upcoming user uses usual vaguely variety various version versions
    versus via vibe vibes video videos vote wait waiting wanna wanting warn ways wear website week weekends
    weeks went whats whatsoever whenever wherever whether whichever whoa whole willing wise woah wonderful
    wondering word words worked working works worried worries worry worse worst worth worthy wow write writer
    writers writes wrong wrote yay yea yep yesterday youtube yup
    """.split()
)

_TOLD = 6


def tells(words: Iterable[str], least: int = _TOLD) -> bool:
    """Whether words say so much that they are a story: who tells one here tells it to be recommended something."""
    return sum(word.casefold() not in STOPWORDS for word in words) >= least
