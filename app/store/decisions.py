"""The decisions of a dataset, by content; and the steps that they were made in."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as put
from sqlalchemy.orm import Session

from app.domain.decisions import DecidedFile, Decision, Held, Scope, standing
from app.domain.steps import Change, History, Step, StepKind
from app.domain.uris import path_of, uri_of
from app.store.batches import batches
from app.store.person_tables import ChangeRow, DecisionRow, StepRow
from app.store.tables import ContentRow

_KEY = ("dataset_id", "sha256", "uri")
_TABLE = DecisionRow.metadata.tables[DecisionRow.__tablename__]


class Decisions:
    """Decisions by digest and path, steps by number."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, dataset_id: int) -> list[DecidedFile]:
        """Give all decisions of a dataset in the order of the URIs they were made at."""
        rows = select(DecisionRow).where(DecisionRow.dataset_id == dataset_id)
        return [_decided(row) for row in self._session.scalars(rows.order_by(DecisionRow.uri, DecisionRow.sha256))]

    def of(self, dataset_id: int, sha256s: Sequence[bytes]) -> list[DecidedFile]:
        """Give the decisions on contents."""
        own = select(DecisionRow).where(DecisionRow.dataset_id == dataset_id)
        return [
            _decided(row)
            for part in batches(sha256s)
            for row in self._session.scalars(own.where(DecisionRow.sha256.in_(part)))
        ]

    def of_clusters(self, members: Mapping[int, Sequence[Held]]) -> dict[int, dict[str, DecidedFile]]:
        """Give the decisions that stand among the members of clusters, by cluster and path."""
        made: defaultdict[int, list[DecidedFile]] = defaultdict(list)
        same = and_(ContentRow.sha256 == DecisionRow.sha256, ContentRow.dataset_id == DecisionRow.dataset_id)
        for ids in batches(list(members)):
            rows = select(DecisionRow, ContentRow.cluster_id).join(ContentRow, same)
            for row, cluster_id in self._session.execute(rows.where(ContentRow.cluster_id.in_(ids))):
                assert cluster_id is not None
                made[cluster_id].append(_decided(row))
        return {cluster_id: standing(decided, members[cluster_id]) for cluster_id, decided in made.items()}

    def change(self, dataset_id: int, changes: Iterable[Change]) -> None:
        """Take each decision out that was, and put in that which is."""
        changed = list(changes)
        gone = [_key(dataset_id, one.before) for one in changed if one.before is not None]
        made = [_values(dataset_id, one.after) for one in changed if one.after is not None]
        if gone:
            here = [_TABLE.c[name] == bindparam(f"old_{name}") for name in _KEY]
            self._session.connection().execute(delete(_TABLE).where(*here), gone)
        if made:
            statement = put(_TABLE)
            kept = {name: statement.excluded[name] for name in made[0] if name not in _KEY}
            self._session.connection().execute(statement.on_conflict_do_update(index_elements=_KEY, set_=kept), made)

    def add_step(self, dataset_id: int, step: Step, changes: Sequence[Change]) -> Step:
        """Keep a step with its changes; what was undone before it cannot be done again any longer. Give it numbered."""
        undone = and_(StepRow.dataset_id == dataset_id, StepRow.undone.is_(True))
        self._session.execute(delete(StepRow).where(undone))
        row = StepRow(
            dataset_id=dataset_id,
            kind=step.kind,
            count=step.count,
            clusters=step.clusters,
            moment=step.moment,
            undone=False,
            deletion_id=step.deletion_id,
        )
        self._session.add(row)
        self._session.flush()
        rows = [
            {"step_id": row.id, "before": as_json(change.before), "after": as_json(change.after)} for change in changes
        ]
        if rows:
            self._session.connection().execute(insert(ChangeRow.metadata.tables["changes"]), rows)
        return _step(row)

    def count_step(self, deletion_id: int, more: int) -> None:
        """Note that so many more photographs of a deletion are away, or fewer."""
        own = update(StepRow).where(StepRow.deletion_id == deletion_id)
        self._session.execute(own.values(count=StepRow.count + more))

    def remove_step_of(self, deletion_id: int) -> None:
        """Forget the step of a deletion of which nothing is away."""
        self._session.execute(delete(StepRow).where(StepRow.deletion_id == deletion_id))

    def history(self, dataset_id: int) -> History:
        """Give the step that can be undone next, and the one that can be done again next."""
        own = select(StepRow).where(StepRow.dataset_id == dataset_id)
        undo = self._session.scalars(own.where(StepRow.undone.is_(False)).order_by(StepRow.id.desc()).limit(1)).first()
        redo = self._session.scalars(own.where(StepRow.undone.is_(True)).order_by(StepRow.id).limit(1)).first()
        return History(None if undo is None else _step(undo), None if redo is None else _step(redo))

    def changes(self, number: int) -> list[Change]:
        """Give what a step changed."""
        rows = select(ChangeRow).where(ChangeRow.step_id == number).order_by(ChangeRow.id)
        return [Change(decided_of(row.before), decided_of(row.after)) for row in self._session.scalars(rows)]

    def set_undone(self, number: int, *, undone: bool) -> None:
        """Note that a step was taken back, or done again."""
        self._session.execute(update(StepRow).where(StepRow.id == number).values(undone=undone))

    def count(self, dataset_id: int, decision: Decision) -> int:
        """Count the decisions of one kind."""
        own = (DecisionRow.dataset_id == dataset_id, DecisionRow.decision == decision)
        return self._session.scalar(select(func.count()).select_from(DecisionRow).where(*own)) or 0


def as_json(decided: DecidedFile | None) -> str:
    """Write a decision, or an empty text for none."""
    if decided is None:
        return ""
    return json.dumps(
        {
            "sha256": decided.sha256.hex(),
            "uri": uri_of(decided.path),
            "decision": decided.decision,
            "scope": decided.scope,
            "alone": decided.alone,
            "moment": decided.moment,
        }
    )


def decided_of(text: str) -> DecidedFile | None:
    """Read a decision that this program wrote; none of an empty text."""
    if not text:
        return None
    read = json.loads(text)
    return DecidedFile(
        bytes.fromhex(read["sha256"]),
        path_of(read["uri"]),
        Decision(read["decision"]),
        read["moment"],
        Scope(read["scope"]),
        read["alone"],
    )


def _key(dataset_id: int, decided: DecidedFile) -> dict[str, object]:
    return {"old_dataset_id": dataset_id, "old_sha256": decided.sha256, "old_uri": uri_of(decided.path)}


def _values(dataset_id: int, decided: DecidedFile) -> dict[str, object]:
    return {
        "dataset_id": dataset_id,
        "sha256": decided.sha256,
        "uri": uri_of(decided.path),
        "decision": decided.decision,
        "scope": decided.scope,
        "alone": decided.alone,
        "moment": decided.moment,
    }


def _decided(row: DecisionRow) -> DecidedFile:
    return DecidedFile(
        row.sha256, path_of(row.uri), Decision(row.decision), row.moment, Scope(row.scope), alone=row.alone
    )


def _step(row: StepRow) -> Step:
    return Step(row.id, StepKind(row.kind), row.count, row.clusters, row.moment, row.undone, row.deletion_id)
