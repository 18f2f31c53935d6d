"""The datasets of the catalogue."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.datasets import Dataset, Limits, Statistics
from app.domain.files import FileStatus
from app.domain.judgements import Keep, Part, Preset, Ranking
from app.domain.ladders import Ladder
from app.domain.pairs import Alikeness
from app.domain.times import now
from app.errors import ResourceNotFound
from app.store.bindings import Bindings
from app.store.ladders import ladder_as_json, ladder_of
from app.store.pages import Key, page
from app.store.tables import ClusterRow, DatasetRow, FileRow


class Datasets:
    """Datasets by their names."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str, description: str, template_id: str = "", limits: Limits = Limits()) -> None:  # noqa: B008 (frozen)
        moment = now()
        self._session.add(
            DatasetRow(
                name=name,
                description=description,
                template_id=template_id,
                **_columns(limits),
                create_time=moment,
                update_time=moment,
            )
        )
        self._session.flush()

    def change(self, name: str, description: str, template_id: str, limits: Limits) -> None:
        """Change what a dataset is called and how much it takes."""
        values = {"description": description, "template_id": template_id, **_columns(limits), "update_time": now()}
        self._session.execute(update(DatasetRow).where(DatasetRow.id == self.id_of(name)).values(values))

    def alikeness(self, dataset_id: int) -> Alikeness:
        """Give how alike the pictures of one cluster are in a dataset."""
        row = self._session.execute(
            select(DatasetRow.alike, DatasetRow.copies_only, DatasetRow.across_folders).where(
                DatasetRow.id == dataset_id
            )
        ).one()
        return Alikeness(*row)

    def set_alikeness(self, dataset_id: int, alikeness: Alikeness) -> None:
        values = {
            "alike": alikeness.strength,
            "copies_only": alikeness.copies_only,
            "across_folders": alikeness.across_folders,
        }
        self._session.execute(update(DatasetRow).where(DatasetRow.id == dataset_id).values(values))

    def ranking(self, dataset_id: int) -> Ranking:
        """Give by what the frames of a dataset are ranked."""
        chosen = select(DatasetRow.preset, DatasetRow.weights, DatasetRow.keep).where(DatasetRow.id == dataset_id)
        return _ranking(self._session.execute(chosen).one())

    def set_ranking(self, dataset_id: int, ranking: Ranking) -> None:
        values = {"preset": ranking.preset, "weights": dict(ranking.own), "keep": ranking.keep}
        self._session.execute(update(DatasetRow).where(DatasetRow.id == dataset_id).values(values))

    def ladder(self, dataset_id: int) -> Ladder | None:
        """Give the ladder that a dataset follows, if it follows one."""
        return ladder_of(self._session.scalars(select(DatasetRow.ladder).where(DatasetRow.id == dataset_id)).one())

    def set_ladder(self, dataset_id: int, ladder: Ladder | None) -> None:
        values = {"ladder": ladder_as_json(ladder)}
        self._session.execute(update(DatasetRow).where(DatasetRow.id == dataset_id).values(values))

    def reach(self, dataset_id: int) -> float:
        """Give down to which cosine all that was compared has been compared."""
        return self._session.scalars(select(DatasetRow.reach).where(DatasetRow.id == dataset_id)).one()

    def set_reach(self, dataset_id: int, cosine: float) -> None:
        self._session.execute(update(DatasetRow).where(DatasetRow.id == dataset_id).values(reach=cosine))

    def page(
        self, prefix: str, after: Sequence[object] | None, limit: int
    ) -> tuple[list[Dataset], list[object] | None]:
        """Give a page of datasets whose names begin so, in the order of their names."""
        begins = DatasetRow.name.startswith(prefix, autoescape=True)
        rows, last = page(self._session, select(DatasetRow.id).where(begins), [Key(DatasetRow.name)], after, limit)
        return self._datasets([row.id for row in rows]), last

    def names(self) -> list[str]:
        """Give all names, in lexicographic order."""
        return list(self._session.scalars(select(DatasetRow.name).order_by(DatasetRow.name)))

    def id_of(self, name: str) -> int:
        """Give the row's number of a dataset.

        Raises:
            ResourceNotFound: there is none of this name.
        """
        found = self._session.scalar(select(DatasetRow.id).where(DatasetRow.name == name))
        if found is None:
            raise ResourceNotFound(f"There is no dataset {name!r}. `shotsift dataset list` shows those that exist.")
        return found

    def name_of(self, dataset_id: int) -> str:
        """Give the name of a dataset that is there."""
        return self._session.scalars(select(DatasetRow.name).where(DatasetRow.id == dataset_id)).one()

    def get(self, name: str) -> Dataset:
        """Give one dataset with its bindings and statistics."""
        return self._datasets([self.id_of(name)])[0]

    def all(self) -> list[Dataset]:
        """Give all datasets, in the order of their names."""
        return self._datasets(self._session.scalars(select(DatasetRow.id)).all())

    def delete(self, name: str) -> None:
        """Delete a dataset with its bindings, files, pairs and clusters."""
        self._session.execute(delete(DatasetRow).where(DatasetRow.id == self.id_of(name)))

    def _datasets(self, ids: Sequence[int]) -> list[Dataset]:
        rows = self._session.scalars(select(DatasetRow).where(DatasetRow.id.in_(ids)).order_by(DatasetRow.name)).all()
        return [
            Dataset(
                name=row.name,
                description=row.description,
                create_time=row.create_time,
                update_time=row.update_time,
                template_id=row.template_id,
                limits=Limits(
                    row.max_bind_count,
                    row.max_file_count,
                    row.max_entity_count,
                    row.max_relation_count,
                    row.max_total_file_size,
                ),
                ranking=_ranking(row),
                alikeness=Alikeness(row.alike, row.copies_only, row.across_folders),
                bindings=tuple(Bindings(self._session).of(row.name)),
                statistics=self._statistics(row.id),
            )
            for row in rows
        ]

    def _statistics(self, dataset_id: int) -> Statistics:
        by_status = {
            row.status: row
            for row in self._session.execute(
                select(FileRow.status, func.count().label("files"), func.sum(FileRow.size).label("size"))
                .where(FileRow.dataset_id == dataset_id)
                .group_by(FileRow.status)
            )
        }
        indexed, skipped = by_status.get(FileStatus.INDEXED), by_status.get(FileStatus.UNREADABLE)
        clusters = self._session.scalar(
            select(func.count()).select_from(ClusterRow).where(ClusterRow.dataset_id == dataset_id)
        )
        return Statistics(
            files=indexed.files if indexed else 0,
            size=indexed.size if indexed else 0,
            clusters=clusters or 0,
            skipped=skipped.files if skipped else 0,
        )


def _columns(limits: Limits) -> dict[str, int]:
    return {f"max_{name}": value for name, value in asdict(limits).items()}


def _ranking(row: DatasetRow | Row[Any]) -> Ranking:
    own = {Part(name): float(weight) for name, weight in row.weights.items()}
    return Ranking(Preset(row.preset), own, Keep(row.keep))
