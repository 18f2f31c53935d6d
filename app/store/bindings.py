"""The watched folders of the catalogue."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, delete, select, true, update
from sqlalchemy.orm import Session

from app.domain.datasets import Binding, BindingPhase, BindingState
from app.domain.times import now
from app.domain.uris import path_of, shown, uri_of
from app.errors import ResourceNotFound
from app.store.pages import Key, page
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

    def get(self, dataset_name: str, path: str) -> Binding:
        """Give one binding.

        Raises:
            ResourceNotFound: the dataset does not watch this folder.
        """
        found = self._bindings(and_(DatasetRow.name == dataset_name, BindingRow.uri == uri_of(path)))
        if not found:
            raise ResourceNotFound(f"The dataset {dataset_name!r} does not watch {shown(path)}.")
        return found[0]

    def page(
        self, dataset_name: str, path: str | None, after: Sequence[object] | None, limit: int
    ) -> tuple[list[Binding], list[object] | None]:
        """Give a page of bindings, of one dataset or (empty) all, of one folder or (None) all."""
        statement = _BINDINGS
        if dataset_name:
            statement = statement.where(DatasetRow.name == dataset_name)
        if path is not None:
            statement = statement.where(BindingRow.uri == uri_of(path))
        rows, last = page(self._session, statement, [Key(DatasetRow.name), Key(BindingRow.uri)], after, limit)
        return [_binding(row.BindingRow, row.name) for row in rows], last

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

    def locate(self, dataset_id: int, path: str, new_path: str) -> None:
        """Note that a bound folder lies elsewhere now; it has to be looked at anew, unless it is paused."""
        state = case((BindingRow.state == BindingState.STOPPED, BindingRow.state), else_=BindingState.READY)
        reason = case((BindingRow.state == BindingState.STOPPED, BindingRow.reason), else_="")
        self._session.execute(
            update(BindingRow)
            .where(BindingRow.dataset_id == dataset_id, BindingRow.uri == uri_of(path))
            .values(uri=uri_of(new_path), state=state, reason=reason, update_time=now())
        )

    def delete(self, dataset_id: int, path: str) -> None:
        """Delete a binding; its files stay."""
        self._session.execute(
            delete(BindingRow).where(BindingRow.dataset_id == dataset_id, BindingRow.uri == uri_of(path))
        )

    def _bindings(self, condition: ColumnElement[bool]) -> list[Binding]:
        rows = self._session.execute(_BINDINGS.where(condition).order_by(DatasetRow.name, BindingRow.uri))
        return [_binding(row.BindingRow, row.name) for row in rows]


_BINDINGS = select(BindingRow, DatasetRow.name).join(DatasetRow, DatasetRow.id == BindingRow.dataset_id)


def _binding(row: BindingRow, dataset_name: str) -> Binding:
    return Binding(
        dataset_name=dataset_name,
        path=path_of(row.uri),
        state=BindingState(row.state),
        phase=BindingPhase(row.phase),
        reason=row.reason,
        create_time=row.create_time,
        update_time=row.update_time,
    )
