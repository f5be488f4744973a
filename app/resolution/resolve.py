"""Resolves the mentions of one article: two rounds of votes, one sense per document, and "none of these"."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.documents import Hints
from app.domain.places import Place, PlaceIndex
from app.domain.toponyms import Alternative, Role, Toponym
from app.recognition.mentions import Mention
from app.resolution.context import Context, first_votes, second_votes
from app.resolution.rank import Scored, score

NONE_SCORE = 1.6
"""Score of "none of these": what a nameless village without any context gets."""
SMALL = 15_000
LARGE = 300_000
"""A plain town of fewer people is not named without its country, a unit's seat of fewer than SMALL neither."""
FAR_KM = 400.0
MAX_ALTERNATIVES = 5


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


def _shares(ranked: Sequence[Scored], none: float = NONE_SCORE) -> list[float]:
    """Belief in each candidate beside "none of these" (softmax)."""
    top = max(ranked[0].score, none)
    weights = [math.exp(1.3 * (item.score - top)) for item in ranked]
    total = sum(weights) + math.exp(1.3 * (none - top))
    return [weight / total for weight in weights]


def _choose(mention: Mention, context: Context) -> tuple[list[Scored], list[float]]:
    ranked = sorted(
        (score(mention, candidate, context) for candidate in mention.candidates),
        key=lambda item: (-item.score, -item.candidate.place.population, item.candidate.place.id),
    )
    best: dict[str, Scored] = {}
    for item in ranked:
        best.setdefault(item.candidate.place.id, item)
    unique = list(best.values())
    return unique, _shares(unique) if unique else []


def _is_out_of_place(mention: Mention, place: Place, context: Context) -> bool:
    """A small place far from all that the article names, in a country it does not speak of, is a chance namesake."""
    limit = SMALL if place.feature_code in {"PPLC", "PPLA"} or place.is_admin else LARGE
    wide_water = place.feature_class in {"H", "T"} and place.radius_km >= 50
    if place.population >= limit or place.is_country or place.country is None or wide_water or not context.is_clear:
        return False
    if context.country_share(place.country) >= 0.15:
        return False
    nearest = context.nearest_km(place)
    return nearest is None or nearest >= FAR_KM


def _resolve_one(mention: Mention, context: Context, places: PlaceIndex) -> Resolved | None:
    """None when the mention turns out to be no place name at all."""
    if mention.country or (mention.role == "demonym" and not mention.candidates):
        country = places.country(mention.country) if mention.country else None
        return Resolved(mention, country, 0.95 if country else 0.5, (), ("demonym",))
    if not mention.candidates:
        return Resolved(mention, None, 0.5, (), ("not in the gazetteer",))
    ranked, shares = _choose(mention, context)
    best = ranked[0].candidate.place
    others = tuple(
        Alternative(item.candidate.place, round(share, 4))
        for item, share in zip(ranked[1 : 1 + MAX_ALTERNATIVES], shares[1 : 1 + MAX_ALTERNATIVES], strict=True)
    )
    if mention.start in context.elsewhere:
        first = Alternative(best, round(shares[0], 4))
        return Resolved(mention, None, 0.5, (first, *others)[:MAX_ALTERNATIVES], ("put where no namesake lies",))
    if _is_out_of_place(mention, best, context):
        if not mention.cues.locative:
            return None
        first = Alternative(best, round(shares[0], 4))
        return Resolved(mention, None, 0.5, (first, *others)[:MAX_ALTERNATIVES], ("only namesakes far away",))
    reasons = ranked[0].reasons + (("only candidate",) if len(ranked) == 1 else ())
    return Resolved(mention, best, round(min(0.99, shares[0]), 4), others, reasons)


def _with_close_spellings(mention: Mention, context: Context, places: PlaceIndex) -> Mention:
    """A name on the ground that meets nothing may be a misspelt one of the country that the article is about."""
    country = context.main_country
    if mention.candidates or mention.country or mention.kind != "literal" or not country:
        return mention
    if not (mention.cues.locative or mention.cues.feature):
        return mention
    return replace(mention, candidates=tuple(places.similar(mention.text, country)))


def _one_sense(resolved: Sequence[Resolved]) -> list[Resolved]:
    """The same name means the same place throughout, unless the words beside it ask for another feature."""
    best: dict[tuple[str, str | None], Resolved] = {}
    for item in resolved:
        key = (item.mention.text.casefold(), item.mention.cues.feature)
        if item.place and (key not in best or item.confidence > best[key].confidence):
            best[key] = item
    out = []
    for item in resolved:
        leader = best.get((item.mention.text.casefold(), item.mention.cues.feature))
        if leader and leader.place and item.place != leader.place and item.mention.candidates:
            item = Resolved(
                item.mention,
                leader.place,
                leader.confidence,
                leader.alternatives,
                (*leader.reasons, "same name elsewhere"),
            )
        out.append(item)
    return out


def resolve(
    mentions: Sequence[Mention],
    titles: Sequence[Mention],
    places: PlaceIndex,
    hints: Hints,
    outlet_country: str | None,
    actors: Sequence[str] = (),
) -> tuple[list[Resolved], list[Resolved]]:
    """The places of the article's mentions and of its title's, each in reading order; the title's vote as well."""
    context = first_votes(mentions, titles, hints, outlet_country, actors)
    for _ in range(2):
        round_one = [(m, r) for m in mentions if (r := _resolve_one(m, context, places)) is not None]
        context = second_votes(context, [(m, r.place, r.confidence) for m, r in round_one if r.place])
    mentions = [_with_close_spellings(mention, context, places) for mention in mentions]
    kept = [r for m in mentions if (r := _resolve_one(m, context, places)) is not None]
    headlines = [r for m in titles if (r := _resolve_one(m, context, places)) is not None]
    return _one_sense(kept), headlines


def toponym(item: Resolved, roles: Mapping[int, Role]) -> Toponym:
    """The contract's toponym; `roles` overrides roles by start offset once coding has placed the events."""
    mention = item.mention
    role = roles.get(mention.start, mention.role)
    return Toponym(
        mention.start, mention.end, mention.text, mention.kind, role, item.place, item.confidence,
        item.alternatives, item.reasons,
    )  # fmt: skip
