"""The rules by which words are taken for a show's name, and what each weighs.

Weights are logarithms of odds and add up; what they come to is the confidence of a mention.
"""

from bot.model import Evidence

BASE = 2.2
"""For a name that nobody says otherwise; each step of ordinariness takes away `PER_ORDINARY`."""
PER_ORDINARY = 1.15
PER_SEASON = 3.4
ORDINARY = "how ordinary its words are"

ABOUT_TELEVISION = Evidence("about television", 1.0)
NOT_ABOUT_TELEVISION = Evidence("not about television", -1.5)

IN_QUOTES = Evidence("in quotes", 3.5)
QUOTED_LIKE_OTHERS = Evidence("in quotes as the others are", 1.5)
LONGER_QUOTED = Evidence("part of a longer title in quotes", -6.0)
LONGER = "part of a longer name"
MOST_LONGER = -5.0
"""Where capitals are rare; less where every noun has one."""
SURELY_LONGER = -3.0
OTHER_SUBTITLE = Evidence("a subtitle after it that is not its own", -6.0)
AFTER_A_STRANGER = Evidence("after a word that goes with no title", -2.0)
PIECE = Evidence("a piece of a name that is meant elsewhere", -3.5)
JOINED_TO_NEXT = Evidence("joined to the next word", -2.5)
JOINED_WITHIN = Evidence("its words joined by hyphens", -2.0)

IN_LOWER_CASE = Evidence("in lower case", -4.0)
IN_CAPITALS = Evidence("in capitals", 2.0)
NOT_AS_A_NAME = Evidence("its words are not written as a name", -1.5)
NOT_QUITE_AS_A_NAME = Evidence("one of its words is not written as a name", -0.5)
AS_A_NAME = "written as a name"
WORD_AS_A_NAME = 1.8
WORDS_AS_A_NAME = 2.2

A_NUMBER = Evidence("a mere number", -2.0)
A_COUNT = Evidence("a number after such a word", -3.0)
A_DAY = Evidence("a day or month", -5.0)
A_DAY_NUMBERED = Evidence("a day or month, but with a season", -0.5)
OF_THE_TRADE = Evidence("words of the trade itself", -4.0)

OTHER_WORK = Evidence("a film, game or book beside it", -6.5)
CALLED_A_SERIES = Evidence("called a series", 2.0)
SERIES_OF_ITS_NAME = Evidence("a series of its name", 0.5)
A_TOPIC = Evidence("what a drama or comedy is about", -1.0)
ITS_PEOPLE = Evidence("its people beside it", 1.5)
IN_A_PLACE = Evidence("in it, as in a place", -1.0)
IT_SPEAKS = Evidence("it reports, as an outlet does", -2.5)
TRADE_BEFORE = Evidence("a word of the trade before it", 1.5)
TRADE_AFTER = Evidence("a word of the trade after it", 1.0)
NETWORK_BEFORE = Evidence("a network before it", 1.5)
NETWORK_AFTER = Evidence("a network after it", 1.5)

NOTHING_ELSE = Evidence("nothing beside it says that a title is meant", -1.5)
HEADS_HEADLINE = Evidence("heads the headline", 1.5)
A_CATEGORY = Evidence("a category of its name", 2.5)
PART_OF_ADDRESS = Evidence("a part of the address", 1.5)
IN_ADDRESS = Evidence("in the address", 0.7)
MEANT_ELSEWHERE = Evidence("meant elsewhere in the article", 3.0)
IN_A_LIST = Evidence("in a list with a sure one", 2.5)

ITS_NETWORK = "its network is named"
NETWORK_NAMED = Evidence(ITS_NETWORK, 2.0)
IN_THE_HEADLINE = 0.8
"""For a network there, beside one that the summary names."""
SISTER_NETWORK = Evidence("a network of the same owner is named", 0.7)
OTHER_NETWORKS = Evidence("only other networks are named", -0.7)
OTHER_CARRIERS = Evidence("only other platforms are named", -0.4)
ITS_CAST = Evidence("one of its cast is named", 2.5)
OF_ITS_CAST = Evidence("the name of one of its cast", -4.5)
WELL_KNOWN = "how well known it is"
OTHER_NAME = Evidence("one of its other names", -0.4)
WITHOUT_ARTICLE = Evidence("a name without its article", -2.0)
BEFORE_ITS_COLON = Evidence("only what stands before its colon", -2.5)
PART_OF_NAME = Evidence("a part of its name", -5.5)
SPELT_ALIKE = Evidence("spelt as it spells itself", 2.0)
SPELT_OTHERWISE = Evidence("not spelt as it spells itself", -1.0)
ITS_HOME = Evidence("its network's country is named", 1.0)
ITS_COUNTRY = Evidence("its country is named", 0.5)
OTHER_COUNTRY = Evidence("another country is named", -0.7)
QUALIFIED = Evidence("the year or country after the name is its own", 4.0)
QUALIFIED_OTHERWISE = Evidence("the year or country after the name is another", -2.0)

YEARS_UNKNOWN = Evidence("its years are unknown", -1.5)
IN_THE_MAKING = Evidence("it is in the making", 0.3)
NOT_YET = Evidence("it did not exist yet", -5.0)
TOLD_AS_NEW = Evidence("it is as new as the reboot, revival or remake that is told of", 2.0)
RUNNING = Evidence("it is running", 0.8)
BEGUN_LATELY = Evidence("it began lately", 0.8)
HOW_RECENT = "how recent it is"
ENDED = "it had ended"
BEGUN_LONG_AGO = "it began long ago"

TELLS_OF_THE_SHOW = frozenset([ITS_NETWORK, ITS_CAST.rule, SPELT_ALIKE.rule, QUALIFIED.rule])
"""Evidence for a show that is evidence for a title too."""
