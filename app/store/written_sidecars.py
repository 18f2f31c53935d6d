"""Sidecars that deletions wrote: kept before they are written, so that they can be put back byte for byte."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.deletions import WrittenSidecar
from app.domain.uris import path_of, uri_of
from app.store.deletion_tables import SidecarRow


class WrittenSidecars:
    """Written sidecars by the deletion that wrote them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, deletion_id: int, written: WrittenSidecar) -> None:
        """Note what is about to be written."""
        row = SidecarRow(deletion_id=deletion_id, uri=uri_of(written.path), before=written.before, after=written.after)
        self._session.add(row)

    def of(self, deletion_id: int) -> list[WrittenSidecar]:
        """Give what a deletion wrote, the last first."""
        rows = select(SidecarRow).where(SidecarRow.deletion_id == deletion_id).order_by(SidecarRow.id.desc())
        return [WrittenSidecar(path_of(row.uri), row.before, row.after) for row in self._session.scalars(rows)]

    def remove(self, deletion_id: int, path: str) -> None:
        """Forget what a deletion wrote into one sidecar."""
        own = (SidecarRow.deletion_id == deletion_id, SidecarRow.uri == uri_of(path))
        self._session.execute(delete(SidecarRow).where(*own))
