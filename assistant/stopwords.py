"""Words that say nothing about taste: function words, and the words with which one asks for recommendations."""

STOPWORDS = frozenset(
    """
    a about above absolutely add advice after afternoon again album albums all almost already alright also
    although always am an and another any anyone anything are aren around as ask at away awesome back be because
    been before being best better between big bit book books both but by bye can can't cannot cant check checked
    cool could couldn day definitely did didn didn't didnt different dish dishes do does doesn doing don don't
    done dont down each either else enjoy enjoyed enjoys even evening ever every everyone everything fan fans
    favorite favorites favourite feel feeling feels few film films find fine for found from get getting give go
    going good goodbye goodnight got great guess ha had has have haven haven't having he hear heard hello help
    her here hey hi him his hmm how huge i i'd i'm i've id idea if im in interested into is isn it it's its ive
    just kind know known last lately least let let's like liked likes list listen listening ll looking lot love
    loved loves made make many may maybe me might mind mine mood more morning most movie movies much music must
    my name need never next nice no nope not nothing now of off oh ok okay on once one ones only option options
    or other others our out over own perfect perhaps play played playlist please pretty probably put quite
    rather re read reading really recipe recipes recommend recommendation recommendations recommended right same
    saw say see seem seen she should show similar so some somebody someone something song songs sort still such
    suggest suggestion suggestions sure take tell than thank thanks that that's the their them then there
    there's these they thing things think this those though thought time to today tonight too track tracks try
    two type up us use used usually ve very want wanted wants was wasn watch watched watching way we weekend
    welcome well were what whatever when where which while who why will wish with without wonder would wouldn
    yeah year years yes yet you you're your yours i'll we'll we're we've they're you'll you've it'd what's who's whats
    none
    """.split()
) | frozenset(
    "我你您他她它们的地得了过着吗吧呢啊呀嘛哦都也和与跟或就很太又还再想要看听读给来点些个部本首张这那有没是在请能可以会推荐帮喜欢但而且"
)
