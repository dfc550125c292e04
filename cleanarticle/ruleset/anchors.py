"""What is scanned for before a rule is tried: the rarest literals that its keys or its patterns ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cleanarticle.ruleset.beginnings import head
from cleanarticle.ruleset.literals import Required, required_literals
from cleanarticle.ruleset.model import Anchor, Rule, RuleSpec
from cleanarticle.ruleset.rarity import MIN_LEADING, MIN_LITERAL, rarity, worth_scanning
from cleanarticle.ruleset.shapes import stands_alone
from cleanarticle.ruleset.spaced import BOUNDARY, is_sign, literal, signs_of, words_of

_MAX_ALSO = 6  # further sets of literals that are looked for before a rule is tried
_MAX_ALSO_LITERALS = 32  # of such a set, unless each has a whole word: whether one of many words is there is asked at once
_LEADING_SHARE = 0.05  # of the places where a literal stands in running text, so many are the start of a block

Literals = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """One pattern made of those of several rules, by their index.

    `digit` tells that each of its matches has a digit, `head` that the rules hold at the head of a document only.
    """

    pattern: str
    rules: frozenset[int]
    digit: bool
    head: bool


def anchors_of(spec: RuleSpec, literals: dict[str, Literals]) -> tuple[Anchor, ...]:
    """What to scan for: the rarer of what the literal keys require and what the patterns require.

    Empty when there is nothing worth scanning for.
    """
    keyed = [
        (_searched(literals[key], leading), leading)
        for key in ("equals", "starts_with", "ends_with", "contains")
        if literals[key]
        for leading in [key in ("equals", "starts_with")]
    ]
    keyed += [(_searched((text,), False), False) for text in literals["contains_all"]]
    sets = tuple(texts for texts, _ in keyed)
    heads = [_heads(texts) for texts, leading in keyed if leading]
    required = [required_literals(pattern) for pattern in spec.regex]
    best = _rarest([(texts, leading) for texts, leading in keyed if worth_scanning(texts, _least(leading))])
    whole = max(map(len, literals["equals"]), default=0)
    if not required:
        return () if best is None else (_anchor(best, sets, heads, whole),)
    anchors: list[Anchor] = []
    for number, found in enumerate(required):
        rarest = _rarest([each for each in (best, _first(found.sets), _leading(found)) if each is not None])
        if rarest is None:
            return ()
        anchors.append(_anchor(rarest, sets, heads, whole, number, found))
    return tuple(anchors)


def _first(sets: tuple[Literals, ...]) -> tuple[Literals, bool] | None:
    return (sets[0], False) if sets else None


def _leading(found: Required) -> tuple[Literals, bool] | None:
    return (found.begins, True) if found.begins and worth_scanning(found.begins, MIN_LEADING) else None


def _least(leading: bool) -> int:
    return MIN_LEADING if leading else MIN_LITERAL


def _searched(texts: Literals, leading: bool) -> Literals:
    """Literal keys as they are scanned for."""
    spellings = [BOUNDARY + literal(text) + BOUNDARY for text in texts]
    words = tuple(dict.fromkeys(map(words_of, spellings)))
    if leading:
        words = tuple(dict.fromkeys(text.lstrip(" ") for text in words))
    signed = tuple(map(signs_of, spellings))
    return signed if not worth_scanning(words, _least(leading)) and _has_signs(signed) else words


def _heads(literals: Literals) -> Literals:
    """What is looked for of literals that lead a line."""
    return literals if _has_signs(literals) else tuple(dict.fromkeys(map(head, literals)))


def _anchor(
    best: tuple[Literals, bool],
    sets: tuple[Literals, ...],
    heads: list[Literals],
    whole: int,
    number: int = -1,
    found: Required | None = None,
) -> Anchor:
    """What is scanned for, and what else the literal keys' sets and one of the patterns ask of the line where it stands.

    `whole` is the length of the longest text that the line may be equal to, 0 when it need not be.
    """
    literals, leading = best
    further = (*sets, *found.sets, *found.common) if found is not None else sets
    also = [texts for texts in further if texts != literals and _is_quick(texts) and not _has_signs(texts)]
    begins = [texts for texts in (*heads, *([found.begins] if found is not None and found.begins else [])) if not _has_signs(texts)]
    return Anchor(
        literals=_heads(literals) if leading else literals,
        leading=leading,
        also=tuple(sorted(dict.fromkeys(also), key=lambda texts: -rarity(texts))[:_MAX_ALSO]),
        pattern=number,
        longest=min(filter(None, (whole, found.longest if found is not None else 0)), default=0),
        begins=max(begins, key=rarity, default=()) if not leading else (),
        signs=tuple(tuple(sorted(signs)) for signs in found.signs) if found is not None else (),
    )


def _is_quick(texts: Literals) -> bool:
    return all(texts) and (len(texts) <= _MAX_ALSO_LITERALS or all(map(whole_word, texts)))


def whole_word(literal: str) -> str:
    """The longest of the words that stand in a literal from their beginning to their end; "" when none does."""
    return max(literal.split(" ")[1:-1], key=len, default="")


def _has_signs(texts: Literals) -> bool:
    return any(is_sign(char) for text in texts for char in text)


def _rarest(choices: list[tuple[Literals, bool]]) -> tuple[Literals, bool] | None:
    return max(choices, key=lambda choice: _rarity(*choice), default=None)


def _rarity(literals: Literals, leading: bool) -> float:
    # what must stand at the unit's start seldom does
    return rarity(literals) * (_LEADING_SHARE if leading else 1)


def joined_patterns(rules: Iterable[Rule]) -> tuple[Joined, ...]:
    """Of rules without anchors that are nothing but patterns: all of them in one, to be tried before each of them is.

    Those that ask for a digit, or for the head of a document, are joined apart from the others.
    """
    found: dict[tuple[bool, bool], list[tuple[str, int]]] = {}
    for index, rule in enumerate(rules):
        if _can_be_joined(rule):
            found.setdefault((rule.digit, rule.position == "head"), []).extend((pattern, index) for pattern in rule.regex)
    return tuple(
        Joined("|".join(f"(?:{pattern})" for pattern, _ in sorted(parts)), frozenset(index for _, index in parts), digit, head)
        for (digit, head), parts in sorted(found.items())
    )


def _can_be_joined(rule: Rule) -> bool:
    keyed = rule.equals or rule.starts_with or rule.ends_with or rule.contains or rule.contains_all
    return not (rule.anchors or rule.after or rule.before or keyed or not all(map(stands_alone, rule.regex)))
