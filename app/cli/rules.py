"""The rules of a ladder as they are typed: ``folder=/photos stars resolution:5% format=HEIF,JPEG oldest name``."""

import os
import re
from collections.abc import Iterable, Sequence

from app.domain.ladders import FOLDER_RULES, STEPPED_RULES, Rule, Rung
from app.errors import InvalidArgument

_TYPED = re.compile(r"(?P<rule>[a-z]+)(?::(?P<step>[0-9.]+)(?P<unit>%|s)?)?(?:=(?P<listed>.+))?", re.DOTALL)
_STEPS = {Rule.RESOLUTION: 0.05, Rule.OLDEST: 2.0}
_NAMES = {rule.value: rule for rule in Rule if rule not in {Rule.PATH, Rule.OLDEST_FILE}}
HELP = """
rules, in the order in which they decide:
  protect=FOLDER    what lies there never loses, and all of it is kept; may be repeated
  folder=FOLDER     what lies there comes first; repeated, the folders follow in their order
  stars             more stars; of equal ones that with a label
  edited            edited in another program
  raw               camera RAW
  original          as its camera wrote it, not made smaller or cut out of another
  resolution[:5%]   more pixels, in steps of this share
  format=A,B        these formats in this order, such as HEIF,TIFF,JPEG
  oldest[:2s]       taken first, in steps of so many seconds; of those taken at once the oldest file
  name              the first in natural order
FOLDER may be a pattern, such as '*/Archive'. Where all rules leave files equal, their paths decide.
"""


def rungs_of(typed: Iterable[str]) -> tuple[Rung, ...]:
    """Read rules; a rule that is repeated is one, with the folders of all.

    Raises:
        InvalidArgument: one of them is none.
    """
    rungs: dict[Rule, Rung] = {}
    for text in typed:
        rung = _rung(text)
        before = rungs.get(rung.rule)
        if before is not None and rung.rule not in FOLDER_RULES:
            raise InvalidArgument(f"The rule {rung.rule!s} stands twice in the ladder.")
        listed = (*before.listed, *rung.listed) if before else rung.listed
        rungs[rung.rule] = Rung(rung.rule, listed, rung.tolerance)
    return tuple(rungs.values())


def typed(rungs: Sequence[Rung]) -> list[str]:
    """Write rules as they are typed."""
    words = []
    for rung in rungs:
        if rung.rule in FOLDER_RULES:
            words += [f"{rung.rule}={folder}" for folder in rung.listed]
        elif rung.rule is Rule.RESOLUTION:
            words.append(f"{rung.rule}:{rung.tolerance * 100:g}%")
        elif rung.rule is Rule.OLDEST:
            words.append(f"{rung.rule}:{rung.tolerance:g}s")
        else:
            words.append(f"{rung.rule}={','.join(rung.listed)}" if rung.listed else str(rung.rule))
    return words


def _rung(text: str) -> Rung:
    found = _TYPED.fullmatch(text)
    rule = _NAMES.get(found["rule"]) if found else None
    if found is None or rule is None:
        raise InvalidArgument(f"{text!r} is no rule. `shotsift ladder save --help` lists them.")
    step, unit, listed = found["step"], found["unit"], found["listed"]
    if step is not None and (rule not in STEPPED_RULES or unit not in {None, "%" if rule is Rule.RESOLUTION else "s"}):
        raise InvalidArgument(f"{text!r} is no rule: write resolution:5% or oldest:2s.")
    return Rung(rule, _listed(rule, listed or ""), _tolerance(rule, step, text))


def _tolerance(rule: Rule, step: str | None, text: str) -> float:
    if step is None:
        return _STEPS.get(rule, 0.0)
    try:
        number = float(step)
    except ValueError as error:
        raise InvalidArgument(f"{text!r} is no rule: {step!r} is no number.") from error
    return number / 100 if rule is Rule.RESOLUTION else number


def _listed(rule: Rule, listed: str) -> tuple[str, ...]:
    if not listed:
        return ()
    if rule in FOLDER_RULES:
        return (listed if any(sign in listed for sign in "*?[") else os.path.realpath(os.path.expanduser(listed)),)  # noqa: PTH111 (any bytes)
    return tuple(part.strip() for part in listed.split(",") if part.strip())
