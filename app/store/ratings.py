"""Stars and labels that a person gave: kept by content, across datasets, whatever becomes of the files."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.files import FileRecord
from app.domain.ratings import Rating
from app.domain.times import now
from app.domain.uris import path_of, uri_of
from app.store.batches import batches
from app.store.files import record_of
from app.store.person_tables import RatingRow
from app.store.tables import ContentRow, FileRow


class Ratings:
    """Given ratings by digest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def give(self, sha256: bytes, rating: Rating) -> None:
        """Keep what a person says, in place of what they said before."""
        values = {"stars": rating.stars, "label": rating.label, "moment": now()}
        statement = insert(RatingRow).values(sha256=sha256, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=values))

    def forget(self, sha256s: Sequence[bytes]) -> int:
        """Take back what was given to contents; tell to how many something was."""
        gone = 0
        for part in batches(sha256s):
            rows = self._session.execute(delete(RatingRow).where(RatingRow.sha256.in_(part)).returning(RatingRow.stars))
            gone += len(rows.all())
        return gone

    def of(self, sha256s: Sequence[bytes]) -> dict[bytes, Rating]:
        """Give what was given to contents, by digest."""
        return {
            row.sha256: Rating(row.stars, row.label)
            for part in batches(sha256s)
            for row in self._session.scalars(select(RatingRow).where(RatingRow.sha256.in_(part)))
        }

    def rated_in(self, dataset_id: int) -> list[str]:
        """Give the paths of all files of a dataset to whose content something was given, in the order of their URIs."""
        rows = (
            select(FileRow.uri)
            .join(ContentRow, ContentRow.id == FileRow.content_id)
            .join(RatingRow, RatingRow.sha256 == ContentRow.sha256)
            .where(FileRow.dataset_id == dataset_id)
        )
        return [path_of(uri) for uri in self._session.scalars(rows.order_by(FileRow.uri))]

    def readings(self, paths: Sequence[str]) -> dict[str, FileRecord]:
        """Give what is known of files that some dataset has read, by path; what was read last if several have."""
        found: dict[str, FileRecord] = {}
        for uris in batches([uri_of(path) for path in paths]):
            rows = (
                select(FileRow, ContentRow)
                .join(ContentRow, ContentRow.id == FileRow.content_id)
                .where(FileRow.uri.in_(uris))
                .order_by(FileRow.update_time)
            )
            for row in self._session.execute(rows):
                record = record_of(row.FileRow, row.ContentRow)
                found[record.path] = record
        return found

    def datasets_with(self, sha256s: Sequence[bytes]) -> list[int]:
        """Give the numbers of the datasets that hold any of these contents."""
        held: set[int] = set()
        for part in batches(sha256s):
            rows = select(ContentRow.dataset_id).where(ContentRow.sha256.in_(part)).distinct()
            held.update(self._session.scalars(rows))
        return sorted(held)
