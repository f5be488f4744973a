"""Text as it comes: in capitals, in small letters, from Twitter, broken by scanners, in other languages.

Each row is a sentence, the names that must be found in it, and what the row proves. Names are written as the text has
them, in reading order, all of them and no other; words for peoples (Syrian) are left aside. "Aleppo=SY" asks for the
country of the place as well.
"""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from app.domain.documents import Document
from app.places import Gazetteer
from tests.checks import assert_offsets
from tests.steps import read


def _names(document: Document) -> list[str]:
    return [t.text for t in document.toponyms if t.role != "demonym"]


def _check(text: str, wanted: str, places: Gazetteer) -> None:
    document = read(text, places)
    assert_offsets(text, document)
    pairs = [row.partition("=")[::2] for row in wanted.split("|")] if wanted else []
    assert _names(document) == [name for name, _ in pairs]
    found = [t.place.country if t.place else None for t in document.toponyms if t.role != "demonym"]
    assert [have if want else "" for have, (_, want) in zip(found, pairs, strict=True)] == [want for _, want in pairs]


CAPITALS = [
    # headlines
    ("SYRIAN ARMY RETAKES ALEPPO AS REBELS RETREAT TO IDLIB", "ALEPPO=SY|IDLIB=SY"),
    ("CLASHES IN KHARTOUM AND OMDURMAN LEAVE 40 DEAD", "KHARTOUM=SD|OMDURMAN=SD"),
    ("TWO KILLED AS GUNMEN ATTACK VILLAGE NEAR MAIDUGURI", "MAIDUGURI=NG"),
    ("SUICIDE BOMBER KILLS 12 IN MOGADISHU, SOMALIA", "MOGADISHU=SO|SOMALIA=SO"),
    # countries whose names are words when written small
    ("TURKEY SENDS TROOPS TO CHAD BORDER", "TURKEY=TR|CHAD=TD"),
    ("GEORGIA SAYS TROOPS CROSSED BORDER", "GEORGIA=GE"),
    # a name of several words, its article and its hyphen
    ("UN SAYS AID REACHED DEIR EZ-ZOR ON MONDAY", "DEIR EZ-ZOR=SY"),
    # a city whose name is a word needs its country beside it ...
    ("TRUCK ATTACK IN NICE, FRANCE, KILLS 84", "NICE=FR|FRANCE=FR"),
    # ... and words alone are none
    ("THE READING OF THE BILL WAS A NICE SURPRISE FOR MOST OF THE MOBILE UNITS", ""),
    ("SPLIT COUNCIL VOTES ON MARCH BUDGET", ""),
    # "us" is a pronoun here
    ("HE TOLD US THAT WASHINGTON WOULD ACT", "WASHINGTON=US"),
    # acronyms stay acronyms
    ("NATO AND THE EU CONDEMN RUSSIA", "RUSSIA=RU"),
    # a title and a surname are no place
    ("PRESIDENT ASSAD VISITS DAMASCUS SUBURB", "DAMASCUS=SY"),
    # a wire of the 1990s
    (
        "BOSNIAN SERB FORCES SHELLED SARAJEVO AND TUZLA ON TUESDAY, KILLING AT LEAST FIVE PEOPLE, THE UN SAID.",
        "SARAJEVO=BA|TUZLA=BA",
    ),
    # with its dateline
    (
        "KIEV (AFP) - UKRAINIAN FORCES SHELLED DONETSK ON MONDAY, REBEL LEADERS SAID IN MOSCOW.",
        "KIEV=UA|DONETSK=UA|MOSCOW=RU",
    ),
    # a headline in capitals over a normal text
    ("FIGHTING IN GOMA\nThe army entered Bukavu on Monday.", "GOMA=CD|Bukavu=CD"),
    # a dateline in capitals alone
    ("ADEN, Nov 15 - Two soldiers were killed in Taiz.", "ADEN=YE|Taiz=YE"),
]

TITLES = [
    ("Fighting Rages In Aleppo As Rebels Advance On Homs", "Aleppo=SY|Homs=SY"),
    ("Car Bomb Kills Dozens Near Mosque In Northern Nigeria", "Nigeria=NG"),
    ("Deadly Blast Hits Market In Peshawar, Pakistan", "Peshawar=PK|Pakistan=PK"),
    ("Clashes Erupt Between Police And Protesters In Nairobi", "Nairobi=KE"),
    ("More Than 50 Killed In South Sudan Cattle Raid", "South Sudan=SS"),
    # words with a capital are no names
    ("Most Of The Reading Was Nice", ""),
]

SMALL = [
    ("clashes in aleppo today, dozens killed. pray for syria", "aleppo=SY|syria=SY"),
    ("heavy shelling near kharkiv and kherson this morning", "kharkiv=UA|kherson=UA"),
    # a country whose name is a word
    ("protest in turkey against the government", "turkey=TR"),
    # a smaller place counts behind "in", "near", "captured"
    ("i was in nairobi when the police fired tear gas in kibera", "nairobi=KE|kibera=KE"),
    ("ethiopian troops entered somalia and captured beledweyne", "somalia=SO|beledweyne=SO"),
    # ... and in a list with one that does
    ("fighting near bakhmut and avdiivka in ukraine", "bakhmut=UA|avdiivka=UA|ukraine=UA"),
    # names of several words
    ("explosion in el fasher, north darfur", "el fasher=SD|north darfur=SD"),
    ("new york and south sudan sign deal", "new york=US|south sudan=SS"),
    ("dozens arrested in hong kong, police say", "hong kong=HK"),
    # first-level units
    ("floods in pakistan: sindh and balochistan hit hardest", "pakistan=PK|sindh=PK|balochistan=PK"),
    ("mali coup leaders meet in bamako", "mali=ML|bamako=ML"),
    ("the police in lagos and abuja said most of the split was nice", "lagos=NG|abuja=NG"),
    # an abbreviation in capitals is no sign of running text
    ("RT: airstrikes on sanaa and hodeidah, yemen rn", "sanaa=YE|hodeidah=YE|yemen=YE"),
    # two letters are a country behind "the"
    ("they live in the us and the uk", "us=US|uk=GB"),
    # "at" is no Arabic article here
    ("rockets fired from gaza at ashkelon", "gaza=PS|ashkelon=IL"),
    # English words
    ("nice weather in split today, most of the mobile units left", ""),
    ("i love reading, the nice people and most of my mobile phone games", ""),
    ("bath and reading were my plans of the day", ""),
    # persons who bear names of places
    ("jordan peterson and paris hilton met", ""),
]

TWEETS = [
    ("Heavy shelling in #Aleppo and #DeirEzzor today #Syria", "Aleppo=SY|DeirEzzor=SY|Syria=SY"),
    ("Airstrikes on #Idlib, #Hama and #Homs #Syria", "Idlib=SY|Hama=SY|Homs=SY|Syria=SY"),
    ("#BREAKING: explosion heard in #Beirut", "Beirut=LB"),
    ("mass protest in tehran 😡😡 #iran #mahsaamini", "tehran=IR|iran=IR"),
    # a handle is no place, an address neither
    ("@UN_Syria says aid reached #Idlib https://example.org/Aleppo/Homs", "Idlib=SY"),
    ("car bomb in kabul kills 5 http://t.co/Kandahar via @BBCKabul", "kabul=AF"),
    ("Two killed in Goma, writes goma@example.org, see www.example.org/Bukavu", "Goma=CD"),
    # emoji and flags
    ("BREAKING 🚨🚨 blast in #Kabul 🇦🇫 @AfghanNews", "Kabul=AF"),
    ("🇺🇦🔥Kyiv🔥 under attack", "Kyiv=UA"),
    # a name inside a longer tag is no mention
    ("#PrayForParis is trending", ""),
]

SPELLINGS = [
    # all usual apostrophes
    ("Fighting in Dara’a, Dara'a, Dara`a and Daraʿa.", "Dara’a=SY|Dara'a=SY|Dara`a=SY|Daraʿa=SY"),
    ("Fighting in Dara‛a and Dara´a continues.", "Dara‛a=SY|Dara´a=SY"),
    # accents left out and put in
    ("A protest was held in Reykjavik, and another in Sao Paulo.", "Reykjavik=IS|Sao Paulo=BR"),
    ("Protesters in Düsseldorf and Dusseldorf.", "Düsseldorf=DE|Dusseldorf=DE"),
    ("A man was shot in Sao Tome and another in Bogota.", "Sao Tome=ST|Bogota=CO"),
    # an accent as a mark of its own
    ("Clashes in Bogota\u0301 killed two.", "Bogota\u0301=CO"),
    # soft hyphen, zero-width blank, word joiner, byte order mark, mark of direction
    ("Troops left Kra\u00admatorsk on Monday.", "Kra\u00admatorsk=UA"),
    ("Troops left Ale\u200bppo on Monday.", "Ale\u200bppo=SY"),
    ("Troops left \u2060Idlib\u2060 on Monday.", "Idlib=SY"),
    ("Troops left \ufeffHoms and \u200eHama\u200f on Monday.", "Homs=SY|Hama=SY"),
    # blanks of all kinds
    ("Troops entered New\u00a0York and Deir\u202fez-Zor on Monday.", "New\u00a0York=US|Deir\u202fez-Zor=SY"),
    ("Troops entered\tIdlib\tand  Hama on Monday.", "Idlib=SY|Hama=SY"),
    ("They met in New  York on Monday.", "New  York=US"),
    # a word broken at the end of a line, with a hyphen of its own and without
    ("Shells hit Kramato-\nrsk, in Ukraine, on Monday.", "Kramato-\nrsk=UA|Ukraine=UA"),
    ("Shells hit Kramato\u00ad\r\nrsk on Monday.", "Kramato\u00ad\r\nrsk=UA"),
    ("Troops entered Deir ez-\nZor on Monday.", "Deir ez-\nZor=SY"),
    # "Saudi-led" keeps its hyphen
    ("The Saudi-\nled coalition bombed Sanaa.", "Sanaa=YE"),
    # lines of one width are one paragraph
    (
        "Government troops backed by tanks moved on Monday into the town of New\n"
        "Halfa in the east of Sudan, and fighting was reported from the city of\n"
        "Port Sudan, where residents said that they had heard heavy shelling for\n"
        "hours.",
        "New\nHalfa=SD|Sudan=SD|Port Sudan=SD",
    ),
    # a wrong letter: the fuzzy search of the country in question
    ("Shells fell near Kramatorks in Ukraine, and on Kyiv.", "Kramatorks=UA|Ukraine=UA|Kyiv=UA"),
]

GLUED = [
    ("Fighting (Idlib) went on.", "Idlib=SY"),
    ("The Idlib/Aleppo front was quiet.", "Idlib=SY|Aleppo=SY"),
    ("The front Idlib—Aleppo was quiet.", "Idlib=SY|Aleppo=SY"),
    ("They fled Kyiv...", "Kyiv=UA"),
    ("The “Kharkiv” front.", "Kharkiv=UA"),
    ('Clashes in “Kharkiv” and ‘Kherson’ and "Sumy".', "Kharkiv=UA|Kherson=UA|Sumy=UA"),
    ("Shells hit Idlib,Aleppo and Hama.", "Idlib=SY|Aleppo=SY|Hama=SY"),
    ("Homs,Hama,Idlib", "Homs=SY|Hama=SY|Idlib=SY"),
    ("Idlib/Aleppo/Homs", "Idlib=SY|Aleppo=SY|Homs=SY"),
    ("Aleppo; Homs; Hama; Idlib?", "Aleppo=SY|Homs=SY|Hama=SY|Idlib=SY"),
    ("Goma:12 dead", "Goma=CD"),
    ("Kherson*: 4 wounded", "Kherson=UA"),
    ("Ukraine:Kherson:2 killed", "Ukraine=UA|Kherson=UA"),
    ("Kyiv–Kharkiv road closed", "Kyiv=UA|Kharkiv=UA"),
    ("Mariupol…and Berdiansk", "Mariupol=UA|Berdiansk=UA"),
    ("Two killed in Kharkiv’s suburbs and Kyiv's centre.", "Kharkiv=UA|Kyiv=UA"),
    # the blank behind a full stop is missing
    ("They left Goma.Troops entered Bukavu.", "Goma=CD|Bukavu=CD"),
]

LANGUAGES = [
    # French: the article is attached
    ("Des combats ont éclaté à Alep et à Homs, en Syrie, mardi.", "Alep=SY|Homs=SY|Syrie=SY"),
    ("L'armée syrienne a bombardé la ville de Deraa et l'Ukraine a protesté.", "Deraa=SY|Ukraine=UA"),
    ("Le président s'est rendu à Bamako, selon l’armée du Mali.", "Bamako=ML|Mali=ML"),
    # Spanish
    ("Las tropas atacaron la ciudad de Járkov en Ucrania el martes.", "Járkov=UA|Ucrania=UA"),
    ("Cinco personas murieron en Bogotá y Medellín, en Colombia.", "Bogotá=CO|Medellín=CO|Colombia=CO"),
    # German: every noun has a capital, names take an -s
    ("Bei Kämpfen in Charkiw und im Norden Syriens wurden fünf Menschen getötet.", "Charkiw=UA|Syriens=SY"),
    ("Die Armee hat Aleppo und Damaskus angegriffen.", "Aleppo=SY|Damaskus=SY"),
    # Arabic: and, in, to are attached
    ("اشتباكات في درعا والرقة وقصف بحلب", "درعا=SY|الرقة=SY|حلب=SY"),
    ("قتل خمسة أشخاص في دمشق وبيروت", "دمشق=SY|بيروت=LB"),
    ("وصلت المساعدات إلى لبنان وللعراق", "لبنان=LB|عراق=IQ"),
    # a common word that is a city's name, too
    ("وصلت القوات إلى وسط المدينة في صنعاء", "صنعاء=YE"),
    # Russian: cases
    ("В Донецке и под Бахмутом идут бои, сообщили из Москвы.", "Донецке=UA|Бахмутом=UA|Москвы=RU"),
    ("Взрывы прогремели в Харькове, Киеве и Одессе.", "Харькове=UA|Киеве=UA|Одессе=UA"),
    ("Войска вошли в Донецкую область и в Нижний Новгород.", "Донецкую область|Нижний Новгород=RU"),
    # a person who bears the name of a city
    ("Владимир Путин приехал в Санкт-Петербург.", "Санкт-Петербург=RU"),
    # Ukrainian: other endings, letters that change
    ("У Києві та Харкові пролунали вибухи, під Бахмутом тривають бої.", "Києві=UA|Харкові=UA|Бахмутом=UA"),
    ("Обстріляли Запоріжжя, у Львові та в Одесі чули вибухи.", "Запоріжжя=UA|Львові=UA|Одесі=UA"),
    # Hebrew
    ("פיצוצים נשמעו בדמשק", "דמשק=SY"),
    # passages inside English text
    ("The army said in Goma: «В Донецке идут бои», he added in Bukavu.", "Goma=CD|Донецке=UA|Bukavu=CD"),
    ("Troops entered Idlib. Des combats ont éclaté à Alep et à Homs.", "Idlib=SY|Alep=SY|Homs=SY"),
    ("Clashes broke out in Aleppo (حلب) on Monday.", "Aleppo=SY|حلب=SY"),
]


@pytest.mark.parametrize(("text", "names"), CAPITALS)
def test_capitals(places: Gazetteer, text: str, names: str) -> None:
    _check(text, names, places)


@pytest.mark.parametrize(("text", "names"), TITLES)
def test_title_case(places: Gazetteer, text: str, names: str) -> None:
    _check(text, names, places)


@pytest.mark.parametrize(("text", "names"), SMALL)
def test_small_letters(places: Gazetteer, text: str, names: str) -> None:
    _check(text, names, places)


@pytest.mark.parametrize(("text", "names"), TWEETS)
def test_tweets(places: Gazetteer, text: str, names: str) -> None:
    _check(text, names, places)


@pytest.mark.parametrize(("text", "names"), SPELLINGS)
def test_spellings(places: Gazetteer, text: str, names: str) -> None:
    _check(text, names, places)


@pytest.mark.parametrize(("text", "names"), GLUED)
def test_glued_to_marks(places: Gazetteer, text: str, names: str) -> None:
    _check(text, names, places)


@pytest.mark.parametrize(("text", "names"), LANGUAGES)
def test_languages(places: Gazetteer, text: str, names: str) -> None:
    _check(text, names, places)


def test_roles_are_not_read_in_other_languages(places: Gazetteer) -> None:
    document = read("Россия заявила, что Киев ответит.", places)
    assert {(t.kind, t.role) for t in document.toponyms} == {("literal", "mention")}


@pytest.mark.parametrize(("text", "given", "language", "source", "others"), [
    ("Troops entered Idlib on Monday, the army said.", None, "en", "detected", ()),
    ("Troops entered Idlib on Monday, the army said.", "en-GB", "en-GB", "given", ()),
    # passages in other languages are named
    (
        "Fighting was reported from the north of Syria, the army said. Des combats ont éclaté à Alep et à Homs.",
        None, "en", "detected", ("fr",),
    ),
    ("Clashes broke out in Aleppo (حلب) on Monday, the army said.", None, "en", "detected", ("ar",)),
    ("В Донецке и под Бахмутом идут бои, сообщили из Москвы.", None, "ru", "detected", ()),
    ("У Києві та Харкові пролунали вибухи, під Бахмутом тривають бої.", None, "uk", "detected", ()),
    # headlines without little words, and in capitals
    ("CLASHES IN KHARTOUM LEAVE 40 DEAD", None, "en", "detected", ()),
    ("12 34 56", None, None, None, ()),
])  # fmt: skip
def test_language_is_told(
    places: Gazetteer, text: str, given: str | None, language: str | None, source: str | None, others: tuple[str, ...]
) -> None:
    document = read(text, places, language=given)
    assert (document.language, document.language_source, document.other_languages) == (language, source, others)


def test_spans_of_mended_text_are_those_of_the_text_sent(places: Gazetteer) -> None:
    """Events, their evidence and their actors point into the text as it was sent, too."""
    text = "Reb\u00adels shel\u00adled Ale\u200bppo on 4\u00a0April 2023, kil-\nling five\u00a0people, the army said."
    plain = "Rebels shelled Aleppo on 4 April 2023, killing five people, the army said."
    document, wanted = read(text, places), read(plain, places)
    assert [(e.kind, e.date and e.date.start, e.fatalities and e.fatalities.best) for e in document.events] == [
        (e.kind, e.date and e.date.start, e.fatalities and e.fatalities.best) for e in wanted.events
    ]
    (event,) = document.events
    assert event.trigger.text == "shel\u00adled"
    assert all(text[span.start : span.end] == span.text for span in (event.trigger, event.evidence))
    assert event.place is not None
    assert event.place.start == text.index("Ale")
    assert event.place.end == text.index(" on 4")


def _seconds(work: Callable[[], object]) -> float:
    """Processor time: what other processes do meanwhile does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


LONG = {
    "no full stop": "clashes in Aleppo and Homs near Hama killed two people on Monday and ",
    "one name": "Aleppo, ",
    "one name in sentences": "in Aleppo. ",
    "capitals": "FIGHTING RAGES IN ALEPPO AND THE ARMY SHELLED HOMS ",
    "small letters": "clashes in aleppo today, dozens killed near homs ",
    "title": "Fighting Rages In Aleppo As Rebels Advance On Homs\n",
    "digits": "12 345 ",
    "one number": "7",
    "Arabic": "اشتباكات في درعا والرقة وقصف بحلب ",
    "one Arabic word": "حلب",
    "Russian": "В Донецке и под Бахмутом идут бои, сообщили из Москвы. ",
    "French": "Des combats ont éclaté à Alep et à Homs, en Syrie, mardi. ",
    "hashtags": "#Aleppo #Homs @x http://a.b/c ",
    "broken words": "Kramato-\nrsk ",
    "invisible characters": "Ale\u200bppo\u00ad ",
    "hyphens": "-\n",
    "apostrophes": "Dara'a'",
}


@pytest.mark.parametrize("shape", LONG)
def test_time_grows_with_the_length(places: Gazetteer, shape: str) -> None:
    """Twice the text in less than three times the time."""
    unit, size = LONG[shape], 15_000
    short, long = ((unit * (length // len(unit) + 1))[:length] for length in (size, 2 * size))
    read(short[:2000], places)  # word lists and the gazetteer's cache are loaded before the clock runs
    quick = min(_seconds(lambda: read(short, places)) for _ in range(2))
    # The best of three counts here too; further ones are only run when the first is too slow.
    assert any(_seconds(lambda: read(long, places)) < 3 * quick for _ in range(3))


def test_the_longest_text_of_one_name_is_read(places: Gazetteer) -> None:
    """25,000 times one name, 200,000 characters."""
    document = read("Aleppo, " * 25_000, places)
    assert len(document.toponyms) > 20_000
    assert all(a.end <= b.start for a, b in pairwise(document.toponyms))
    assert {t.place.country for t in document.toponyms if t.place} == {"SY"}
