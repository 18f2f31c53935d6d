"""Ladders by their names: those that come with the program, and those that a person saved."""

from app.domain.ladders import BUILT_IN, FOLDER_RULES, LISTED_RULES, STEPPED_RULES, Ladder, Rule, Rung
from app.errors import InvalidArgument, ResourceNotFound
from app.store import Store

LONGEST_NAME = 64
_LARGEST_SHARE, _LONGEST_SECONDS = 1.0, 366 * 86_400.0


def all_ladders(store: Store) -> list[Ladder]:
    """Give all ladders, those that come with the program first."""
    with store.read() as work:
        return [*BUILT_IN, *work.ladders.all()]


def get_ladder(store: Store, name: str) -> Ladder:
    """Give a ladder by its name.

    Raises:
        ResourceNotFound: there is none of this name.
    """
    found = next((ladder for ladder in all_ladders(store) if ladder.name == name), None)
    if found is None:
        raise ResourceNotFound(f"There is no ladder {name!r}. `shotsift ladder list` shows those that exist.")
    return found


def save_ladder(store: Store, ladder: Ladder) -> None:
    """Keep a ladder under its name, in place of one that a person saved before. Datasets that follow that are left.

    Raises:
        InvalidArgument: it is not valid, or has the name of one that comes with the program.
    """
    check_ladder(ladder)
    if any(ladder.name == known.name for known in BUILT_IN):
        raise InvalidArgument(f"The ladder {ladder.name!r} comes with the program. Choose another name.")
    with store.write() as work:
        work.ladders.put(ladder)


def delete_ladder(store: Store, name: str) -> None:
    """Forget a ladder that a person saved; datasets that follow it go on.

    Raises:
        InvalidArgument: it comes with the program.
        ResourceNotFound: there is none of this name.
    """
    if any(name == known.name for known in BUILT_IN):
        raise InvalidArgument(f"The ladder {name!r} comes with the program and stays.")
    with store.write() as work:
        if not work.ladders.delete(name):
            raise ResourceNotFound(f"There is no ladder {name!r} of yours.")


def check_ladder(ladder: Ladder) -> None:
    """Look whether a ladder can be climbed.

    Raises:
        InvalidArgument: its name or one of its rungs is not valid, or a rule stands in it twice.
    """
    if not ladder.name.strip() or len(ladder.name) > LONGEST_NAME or not ladder.name.isprintable():
        raise InvalidArgument(f"The name of a ladder has 1 to {LONGEST_NAME} characters, not {ladder.name!r}.")
    if not ladder.rungs:
        raise InvalidArgument("A ladder has at least one rule.")
    rules = [rung.rule for rung in ladder.rungs]
    for rule in rules:
        if rules.count(rule) > 1:
            raise InvalidArgument(f"The rule {rule!s} stands twice in the ladder. Name its values in one.")
    for rung in ladder.rungs:
        if rung.rule in {Rule.PATH, Rule.OLDEST_FILE}:
            raise InvalidArgument(f"The rule {rung.rule!s} is part of every ladder, and none names it.")
        _check_rung(rung)


def _check_rung(rung: Rung) -> None:
    wrong = f"The rule {rung.rule!s} is not valid:"
    if bool(rung.listed) != (rung.rule in LISTED_RULES) or not all(rung.listed):
        needs = "names none" if rung.listed and rung.rule not in LISTED_RULES else "names at least one"
        raise InvalidArgument(f"{wrong} it {needs}{' folder' if rung.rule in FOLDER_RULES else ''}.")
    if rung.rule in FOLDER_RULES and not all(_can_be_kept(folder) for folder in rung.listed):
        raise InvalidArgument(f"{wrong} the name of a folder is no text.")
    most = _LARGEST_SHARE if rung.rule is Rule.RESOLUTION else _LONGEST_SECONDS if rung.rule in STEPPED_RULES else 0.0
    if not 0 <= rung.tolerance <= most:
        raise InvalidArgument(f"{wrong} its tolerance is 0 to {most:g}, not {rung.tolerance:g}.")


def _can_be_kept(folder: str) -> bool:
    try:
        folder.encode()
    except UnicodeEncodeError:
        return False
    return True
