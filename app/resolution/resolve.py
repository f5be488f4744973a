"""Resolves the mentions of one article: names listen to each other, one sense per document, and "none of these"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.documents import Hints
from app.domain.places import Place, PlaceIndex
from app.domain.toponyms import Alternative, Role, Toponym
from app.recognition.mentions import Mention
from app.resolution.context import Context, listen
from app.resolution.rank import Ranked, load_ranker, rank

ROUNDS = 1
"""How often the names listen to each other again after they heard first beliefs."""
MAX_ALTERNATIVES = 5
REFUSES = 2.0
"""How many times likelier than the best reading "none of these" must be: a doubtful place comes with low confidence."""
REFUSES_STRANGER = 0.4
"""... and where nothing else in a clear article lies in the reading's country."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention with the place chosen for it; `place` None is an honest "not in the gazetteer"."""

    mention: Mention
    place: Place | None
    confidence: float
    alternatives: tuple[Alternative, ...]
    reasons: tuple[str, ...]

    @property
    def start(self) -> int:
        """Start of the mention."""
        return self.mention.start

    @property
    def end(self) -> int:
        """End of the mention."""
        return self.mention.end


def _alternatives(ranked: Ranked, first: int, confidence: float) -> tuple[Alternative, ...]:
    """The readings after the answer; they and "none of these" share what its confidence leaves, by their shares."""
    rows = list(zip(ranked.candidates, ranked.shares, strict=True))[first:]
    others = sum(share for _, share in rows) + (ranked.none if first else 0.0)
    part = (1.0 - confidence) / others if others else 0.0
    return tuple(Alternative(candidate.place, round(share * part, 4)) for candidate, share in rows[:MAX_ALTERNATIVES])


def _is_stranger(mention: Mention, ranked: Ranked, context: Context) -> bool:
    """The best reading lies in a country of which a clear article says nothing else."""
    voice = context.voice_of.get(mention.text.casefold(), -1)
    support = context.chorus.of(voice, ranked.candidates[0].place)
    return support.country < 0.1 and context.chorus.loudest >= 1.0


def _resolve_one(mention: Mention, context: Context, places: PlaceIndex) -> Resolved:
    if mention.country or (mention.role == "demonym" and not mention.candidates):
        country = places.country(mention.country) if mention.country else None
        return Resolved(mention, country, 0.95 if country else 0.5, (), ("demonym",))
    if not mention.candidates:
        return Resolved(mention, None, 0.5, (), ("not in the gazetteer",))
    ranked = rank(mention, context)
    confidence = load_ranker().confidence
    if ranked.none > (REFUSES_STRANGER if _is_stranger(mention, ranked, context) else REFUSES) * ranked.shares[0]:
        reason = "put where no namesake lies" if mention.start in context.elsewhere else "none of its namesakes fits"
        sure = confidence(ranked.none)
        return Resolved(mention, None, round(sure, 4), _alternatives(ranked, 0, sure), (reason,))
    sure = confidence(ranked.shares[0])
    return Resolved(
        mention,
        ranked.candidates[0].place,
        round(sure, 4),
        _alternatives(ranked, 1, sure),
        ranked.reasons,
    )


def _with_close_spellings(mention: Mention, context: Context, places: PlaceIndex) -> Mention:
    """A name on the ground that meets nothing may be a misspelt one of the country that the article is about."""
    country = context.main_country
    if mention.candidates or mention.country or mention.kind != "literal" or not country:
        return mention
    if not (mention.cues.locative or mention.cues.feature):
        return mention
    return replace(mention, candidates=tuple(places.similar(mention.text, country)))


def _one_sense(resolved: Sequence[Resolved], context: Context) -> list[Resolved]:
    """The same name means the same place throughout, unless the words beside it ask for another feature or say in which
    country it lies ("Tripoli, Lebanon").
    """
    told = {start for start, _ in context.held} | context.elsewhere
    best: dict[tuple[str, str | None], Resolved] = {}
    for item in resolved:
        key = (item.mention.text.casefold(), item.mention.cues.feature)
        if item.place and (key not in best or item.confidence > best[key].confidence):
            best[key] = item
    out = []
    for item in resolved:
        leader = best.get((item.mention.text.casefold(), item.mention.cues.feature))
        if (
            leader
            and leader.place
            and item.place != leader.place
            and item.mention.candidates
            and item.start not in told
        ):
            item = Resolved(
                item.mention,
                leader.place,
                leader.confidence,
                leader.alternatives,
                (*leader.reasons, "same name elsewhere"),
            )
        out.append(item)
    return out


def listen_again(
    mentions: Sequence[Mention], hints: Hints, outlet: str | None, actors: Sequence[str], rounds: int = ROUNDS
) -> Context:
    """The context after some rounds in which each name believed in its readings as the round before left it."""
    context = listen(mentions, hints, outlet, actors)
    for _ in range(rounds):
        beliefs: dict[str, dict[str, float]] = {}
        for mention in mentions:
            name = mention.text.casefold()
            if mention.candidates and not mention.country and name not in beliefs:
                ranked = rank(mention, context)
                beliefs[name] = {c.place.id: share for c, share in zip(ranked.candidates, ranked.shares, strict=True)}
        context = listen(mentions, hints, outlet, actors, beliefs)
    return context


def resolve(
    mentions: Sequence[Mention],
    titles: Sequence[Mention],
    places: PlaceIndex,
    hints: Hints,
    outlet_country: str | None,
    actors: Sequence[str] = (),
) -> tuple[list[Resolved], list[Resolved]]:
    """The places of the article's mentions and of its title's, each in reading order; the title's vote as well."""
    everyone = [*mentions, *titles]
    context = listen_again(everyone, hints, outlet_country, actors)
    mentions = [_with_close_spellings(mention, context, places) for mention in mentions]
    resolved = [_resolve_one(mention, context, places) for mention in mentions]
    return _one_sense(resolved, context), [_resolve_one(mention, context, places) for mention in titles]


def toponym(item: Resolved, roles: Mapping[int, Role]) -> Toponym:
    """The contract's toponym; `roles` overrides roles by start offset once coding has placed the events."""
    mention = item.mention
    role = roles.get(mention.start, mention.role)
    return Toponym(
        mention.start, mention.end, mention.text, mention.kind, role, item.place, item.confidence,
        item.alternatives, item.reasons,
    )  # fmt: skip
