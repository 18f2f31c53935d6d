"""Ladders as JSON: those that a person saved, and what is read of one that was kept."""

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.ladders import Because, Ladder, Rung
from app.domain.times import now
from app.store.person_tables import LadderRow

_RUNGS = TypeAdapter(tuple[Rung, ...])
_LADDER = TypeAdapter(Ladder)
_BECAUSE = TypeAdapter(Because)


class Ladders:
    """Saved ladders by their names."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, ladder: Ladder) -> None:
        """Keep a ladder, in place of one of the same name."""
        values = {"rungs": _RUNGS.dump_json(ladder.rungs).decode(), "moment": now()}
        statement = insert(LadderRow).values(name=ladder.name, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))

    def all(self) -> list[Ladder]:
        """Give all saved ladders that can be read, in the order of their names."""
        rows = self._session.scalars(select(LadderRow).order_by(LadderRow.name))
        return [Ladder(row.name, rungs) for row in rows if (rungs := _rungs(row.rungs)) is not None]

    def delete(self, name: str) -> bool:
        """Forget a ladder; tell whether there was one."""
        gone = delete(LadderRow).where(LadderRow.name == name).returning(LadderRow.name)
        return self._session.execute(gone).first() is not None


def ladder_as_json(ladder: Ladder | None) -> str:
    """Write a ladder, or an empty text for none."""
    return "" if ladder is None else _LADDER.dump_json(ladder).decode()


def ladder_of(text: str) -> Ladder | None:
    """Read a ladder; none of an empty text, or of one that a newer program wrote otherwise."""
    try:
        return _LADDER.validate_json(text) if text else None
    except ValidationError:
        return None


def because_as_json(because: Because | None) -> str:
    """Write what decided, or an empty text for nothing; what is not filled is left out."""
    return "" if because is None else _BECAUSE.dump_json(because, exclude_defaults=True).decode()


def because_of(text: str) -> Because | None:
    """Read what decided; nothing of an empty text, or of one that a newer program wrote otherwise."""
    try:
        return _BECAUSE.validate_json(text) if text else None
    except ValidationError:
        return None


def _rungs(text: str) -> tuple[Rung, ...] | None:
    try:
        return _RUNGS.validate_json(text)
    except ValidationError:
        return None
