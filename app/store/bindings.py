"""The watched folders of the catalogue."""

from sqlalchemy import ColumnElement, delete, select, true, update
from sqlalchemy.orm import Session

from app.domain.datasets import Binding, BindingPhase, BindingState
from app.domain.times import now
from app.domain.uris import path_of, uri_of
from app.store.tables import BindingRow, DatasetRow


class Bindings:
    """Bindings by dataset and folder."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, dataset_id: int, path: str) -> None:
        moment = now()
        self._session.add(
            BindingRow(
                dataset_id=dataset_id,
                uri=uri_of(path),
                state=BindingState.READY,
                phase=BindingPhase.FULL,
                reason="",
                create_time=moment,
                update_time=moment,
            )
        )
        self._session.flush()

    def of(self, dataset_name: str) -> list[Binding]:
        """Give the bindings of a dataset, in the order of their URIs."""
        return self._bindings(DatasetRow.name == dataset_name)

    def all(self) -> list[Binding]:
        """Give all bindings, in the order of dataset and URI."""
        return self._bindings(true())

    def set_state(self, binding: Binding, state: BindingState, phase: BindingPhase, reason: str = "") -> bool:
        """Note what a binding is doing; tell whether that is news."""
        if (binding.state, binding.phase, binding.reason) == (state, phase, reason):
            return False
        self._session.execute(
            update(BindingRow)
            .where(
                BindingRow.uri == uri_of(binding.path),
                BindingRow.dataset_id
                == select(DatasetRow.id).where(DatasetRow.name == binding.dataset_name).scalar_subquery(),
            )
            .values(state=state, phase=phase, reason=reason, update_time=now())
        )
        return True

    def delete(self, dataset_id: int, path: str) -> bool:
        """Delete a binding; its files stay. Tell whether there was one."""
        gone = self._session.execute(
            delete(BindingRow)
            .where(BindingRow.dataset_id == dataset_id, BindingRow.uri == uri_of(path))
            .returning(BindingRow.id)
        )
        return gone.first() is not None

    def _bindings(self, condition: ColumnElement[bool]) -> list[Binding]:
        rows = self._session.execute(
            select(BindingRow, DatasetRow.name)
            .join(DatasetRow, DatasetRow.id == BindingRow.dataset_id)
            .where(condition)
            .order_by(DatasetRow.name, BindingRow.uri)
        )
        return [
            Binding(
                dataset_name=name,
                path=path_of(row.uri),
                state=BindingState(row.state),
                phase=BindingPhase(row.phase),
                reason=row.reason,
                create_time=row.create_time,
                update_time=row.update_time,
            )
            for row, name in rows
        ]
