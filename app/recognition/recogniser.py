"""Text to mentions, statistically: rules and gazetteer propose, the tagger decides, the document is one witness more.

`find_mentions` is the one door to both tiers (DATELINE_RECOGNISER): `fast` asks the CRF alone, `accurate` lets a small
encoder vote as well.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.places import Candidate, PlaceIndex
from app.domain.toponyms import Role
from app.recognition.features import Memory, place_class, place_features, remember
from app.recognition.foreign import with_foreign
from app.recognition.grams import Gram, grams_of
from app.recognition.mentions import Mention, read_cues
from app.recognition.naming import is_name_part
from app.recognition.sources import agency_acronyms
from app.recognition.tagger import Belief, beliefs, token_scores
from app.recognition.tiers import LEAST, Tier, load_encoder, vote
from app.recognition.tokens import Sentence, Token
from app.recognition.toponyms import lookup_grams, rule_mentions
from app.recognition.words import any_of, words

LEAST_TOLD = 0.15
"""A stretch is a name from this belief on where rules and words around call it a place; others from tiers.LEAST on."""
LEAST_TOLD_LONG = 0.05
"""... the same for a listed name of several words: Busra al-Sham is hardly ever anything else."""
LEAST_AGAIN = 0.1
"""... and from this one on, where the same words are surely a name elsewhere in the text."""
LEAST_GLUED = 0.15
"""... and for a well-known name glued to a bracket, a quotation mark or a slash: few training texts hold those."""
SURE = 0.9
_GLUE = {*"()[]{}<>/|—–…*\"“”„«»‘’'"}
_SYMBOLS = "\u2190"
"""The first of the arrows, behind which signs and emoji stand; letters that do, too, have no capitals."""
_KNOWN = ("country", "capital", "unit", "large", "city")
_INNER = {"-", "–", "‑", "'", "’", ".", "/"}
"""Marks that may stand inside a name: Deir ez-Zor, St. Petersburg."""
_POSSESSIVE = {"'s", "’s", "ʼs"}
_JOINING = {",", "and", "or", ", and", ", or", "&"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens first..last of a sentence that are a place name, with the belief that they are."""

    sentence: Sentence
    first: int
    last: int
    score: float

    @property
    def tokens(self) -> Sequence[Token]:
        """The tokens of the name."""
        return self.sentence.tokens[self.first : self.last + 1]

    @property
    def key(self) -> tuple[str, ...]:
        """The words, to find the same name again."""
        return tuple(token.lower for token in self.tokens)


def _is_inside(tokens: Sequence[Token], index: int) -> bool:
    """The token may stand inside a name: a word, or a mark without blanks around it. "ADEN - Two" is no name."""
    token = tokens[index]
    if token.is_word or token.is_number:
        return True
    joined = (
        token.start == tokens[index - 1].end and (token.text == "." or token.end == tokens[index + 1].start)
        if index + 1 < len(tokens)
        else False
    )
    return token.text in _INNER and joined


def _end_of(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last token of the name: the full stop of "Ky." belongs to it, the number of "Highway 190" as well."""
    while last > first and not tokens[last].is_word and not tokens[last].is_number:
        last -= 1
    if last + 1 == len(tokens) or tokens[last].text in _INNER:
        return last
    following, lists = tokens[last + 1], words()
    if (
        following.text == "."
        and following.start == tokens[last].end
        and tokens[last].lower in lists.group("unit_abbreviations")
    ):
        return last + 1
    if following.is_number and tokens[last].lower in lists.group("numbered_roads"):
        return last + 1
    return last


def _stretches(sentence: Sentence, belief: Sequence[Belief], told: Mapping[int, int], least: float) -> list[Stretch]:
    """Names of a sentence; each goes on while I is the likeliest.

    `told`: tokens that the words around call a place, with the last token of what the rules took for its name. Where
    the belief alone would not do, that is the end of the name.
    """
    out: list[Stretch] = []
    index, size = 0, len(belief)
    while index < size:
        o = belief[index][2]
        enough = least if index not in told else LEAST_TOLD if told[index] == index else LEAST_TOLD_LONG
        if 1.0 - o < enough or not sentence.tokens[index].is_word:
            index += 1
            continue
        last = index if 1.0 - o >= least else told[index]
        while last + 1 < size and belief[last + 1][1] >= max(belief[last + 1][0], belief[last + 1][2]):
            if not _is_inside(sentence.tokens, last + 1):
                break
            last += 1
        out.append(Stretch(sentence, index, _end_of(sentence.tokens, index, last), 1.0 - o))
        index = last + 1
    return out


def _is_told(mention: Mention, previous: Mention | None, text: str) -> bool:
    """The words around call it a place: "in X", "the town of X", "X-based", or the next one of such a row of names."""
    if mention.cues.locative or mention.cues.feature:
        return True
    after = mention.cues.after
    if after[:1] == ("-",) and after[1:2] and after[1] in any_of("backed", "seated"):
        return True
    return previous is not None and text[previous.end : mention.start].strip() in _JOINING


def _told(sentence: Sentence, rules: Sequence[Mention], text: str) -> dict[int, int]:
    """Tokens that the rules took for a place which the words around call one; for each the last token of the name."""
    tokens = sentence.tokens
    out: dict[int, int] = {}
    previous: Mention | None = None
    for mention in rules:
        told = bool(mention.candidates) and mention.kind == "literal" and _is_told(mention, previous, text)
        previous = mention if told else None
        if told:
            inside = [i for i, token in enumerate(tokens) if mention.start <= token.start < mention.end]
            out |= dict.fromkeys(inside, inside[-1])
    return out


def _again(
    sentences: Sequence[Sentence],
    text: str,
    beliefs_of: Mapping[int, Sequence[Belief]],
    rules: Mapping[int, Sequence[Mention]],
    least: float = LEAST["fast"],
) -> list[Stretch]:
    """All names of the text, with those that are only believed because the same words are a name elsewhere in it."""
    found = {
        s.index: _stretches(s, beliefs_of[s.index], _told(s, rules.get(s.index, ()), text), least) for s in sentences
    }
    sure = {s.key for group in found.values() for s in group if s.score >= SURE}
    starts: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key in sure:
        starts[key[0]].add(key)
    out: list[Stretch] = []
    for sentence in sentences:
        here, belief = found[sentence.index], beliefs_of[sentence.index]
        taken = {i for s in here for i in range(s.first, s.last + 1)}
        for index, token in enumerate(sentence.tokens):
            if index in taken or not token.is_capital or token.lower not in starts:
                continue
            for key in sorted(starts[token.lower], key=len, reverse=True):
                last = index + len(key) - 1
                run = sentence.tokens[index : last + 1]
                if tuple(t.lower for t in run) == key and not taken & set(range(index, last + 1)):
                    if 1.0 - belief[index][2] >= LEAST_AGAIN:
                        here.append(Stretch(sentence, index, last, 1.0 - belief[index][2]))
                        taken |= set(range(index, last + 1))
                    break
        out += sorted(here, key=lambda s: s.first)
    return out


def _whole(stretches: Sequence[Stretch], text: str, places: PlaceIndex) -> list[Stretch]:
    """The stretches, those joined that the gazetteer lists as one name with a possessive inside: Cox's Bazar."""
    behind: dict[int, Stretch] = {}
    starts = {(s.sentence.index, s.first): s for s in stretches}
    for number, stretch in enumerate(stretches):
        tokens, at = stretch.sentence.tokens, stretch.last + 1
        if at + 1 < len(tokens) and tokens[at].lower in _POSSESSIVE and tokens[at + 1].is_capital:
            owned = starts.get((stretch.sentence.index, at + 1))
            last = owned.last if owned else at + 1
            behind[number] = Stretch(stretch.sentence, stretch.first, last, stretch.score)
    if not behind:
        return list(stretches)
    names = {number: text[s.tokens[0].start : s.tokens[-1].end] for number, s in behind.items()}
    listed = places.lookup(set(names.values()))
    whole = {
        number: stretch
        for number, stretch in behind.items()
        if any(c.how in {"name", "alternate"} for c in listed.get(names[number], ()))
    }
    inside = {(s.sentence.index, n) for s in whole.values() for n in range(s.first + 1, s.last + 1)}
    return [
        whole.get(number, stretch)
        for number, stretch in enumerate(stretches)
        if (stretch.sentence.index, stretch.first) not in inside
    ]


def _is_glue(mark: str) -> bool:
    return mark in _GLUE or mark >= _SYMBOLS


def _with_glued(
    sentence: Sentence, belief: list[Belief], text: str, found: Mapping[str, Sequence[Candidate]]
) -> list[Belief]:
    """The beliefs, raised for well-known names that marks are glued to."""
    tokens = sentence.tokens
    for index, (b, i, o) in enumerate(belief):
        if not LEAST_GLUED <= 1.0 - o < LEAST["fast"] or b < i or not tokens[index].is_capital:
            continue
        token = tokens[index]
        glued = any(
            _is_glue(other.text) and (other.end == token.start or other.start == token.end)
            for other in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
        )
        candidates = found.get(text[token.start : token.end], ()) if glued else ()
        if candidates and place_class(candidates) in _KNOWN and token.lower not in words().common:
            belief[index] = (LEAST["fast"], 0.0, 1.0 - LEAST["fast"])
    return belief


def _wanted(stretch: Stretch, text: str) -> list[str]:
    """Spellings under which the gazetteer may know the name, the fullest first."""
    gram = Gram(stretch.sentence, stretch.first, stretch.last)
    names = [gram.with_feature(text), gram.text(text)]
    first, lists = stretch.first, words()
    while first < stretch.last and stretch.sentence.tokens[first].lower in lists.group("directions"):
        first += 1
        names.append(Gram(stretch.sentence, first, stretch.last).text(text))
    if stretch.first and stretch.sentence.tokens[stretch.first - 1].lower == "the" and stretch.last - stretch.first < 2:
        names.append(f"{gram.text(text)} River")
    last, generic = stretch.last, any_of("features", "unit_words")
    while last > first and stretch.sentence.tokens[last].lower in generic:
        last -= 1
        names.append(Gram(stretch.sentence, first, last).text(text))
    return [name for name in dict.fromkeys(names) if name]


def _mention(stretch: Stretch, text: str, found: Mapping[str, Sequence[Candidate]], ruled: Mention | None) -> Mention:
    gram = Gram(stretch.sentence, stretch.first, stretch.last)
    name = gram.text(text)
    cues = read_cues(stretch.sentence, stretch.first, stretch.last)
    candidates: list[Candidate] = []
    names = _wanted(stretch, text)
    for wanted in names:
        candidates += found.get(wanted, ())
        if candidates and wanted not in {gram.with_feature(text), name if names[-1].endswith(" River") else ""}:
            break
    role: Role = "mention"
    demonym = words().demonyms.get(name.lower())
    if demonym and not any(c.place.is_country for c in found.get(name, ())):
        role = "name_part" if is_name_part(gram) else "demonym"
        # A word for the people of several countries may be listed with their region: European.
        meant = () if demonym.country else tuple(found.get(name, ()))
        return Mention(
            gram.start, gram.end, name, gram.sentence, "associative", role, cues, meant, demonym.country or None,
            stretch.score,
        )  # fmt: skip
    part = is_name_part(gram) or (ruled is not None and ruled.role == "name_part")
    return Mention(
        gram.start, gram.end, name, gram.sentence, "associative" if part else "literal", "name_part" if part else role,
        cues, tuple(candidates), None, stretch.score,
    )  # fmt: skip


def mentions_of(
    stretches: Sequence[Stretch],
    text: str,
    found: Mapping[str, Sequence[Candidate]],
    rules: Sequence[Mention],
    places: PlaceIndex,
) -> list[Mention]:
    """The stretches as mentions with what the gazetteer knows of them; names not looked up yet are asked for."""
    unknown = {name for s in stretches for name in _wanted(s, text)} - found.keys()
    found = {**found, **places.lookup(unknown)} if unknown else found
    starts = {mention.start: mention for mention in rules}
    agencies = agency_acronyms()
    return [
        _mention(s, text, found, starts.get(s.tokens[0].start))
        for s in stretches
        if not (s.first == s.last and s.tokens[0].text in agencies)
    ]


def _read(
    sentence: Sentence,
    text: str,
    grams: Sequence[Gram],
    found: Mapping[str, Sequence[Candidate]],
    rules: Sequence[Mention],
    memory: Memory,
) -> list[Belief]:
    features = place_features(sentence, text, grams, found, rules, memory, everything=False)
    return beliefs(token_scores(sentence.tokens, features))


def find_mentions(
    text: str,
    sentences: Sequence[Sentence],
    places: PlaceIndex,
    tier: Tier = "fast",
    spoken: Mapping[int, str] | None = None,
) -> list[Mention]:
    """Mentions of places in reading order, none overlapping. Raises NotReady where the tier is not installed.

    `spoken`: sentences that are not in English, with their language, where the caller knows them (`passages`).
    """
    grams = {sentence.index: list(grams_of(sentence)) for sentence in sentences}
    found = lookup_grams(text, grams, places)
    rules = rule_mentions(text, sentences, grams, found)
    by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in rules:
        by_sentence[mention.sentence.index].append(mention)
    memory = remember(sentences, text, found, rules)
    belief = {
        s.index: _with_glued(s, _read(s, text, grams[s.index], found, by_sentence[s.index], memory), text, found)
        for s in sentences
    }
    if tier == "accurate":
        heard = load_encoder().scores(text, sentences)
        belief = {s.index: vote(belief[s.index], scores) for s, scores in zip(sentences, heard, strict=True)}
    stretches = _whole(_again(sentences, text, belief, by_sentence, LEAST[tier]), text, places)
    return with_foreign(mentions_of(stretches, text, found, rules, places), text, sentences, places, spoken)
