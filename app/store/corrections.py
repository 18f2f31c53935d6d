"""The corrections of a dataset: what a person said of its pictures, kept whatever becomes of their files."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.domain.corrections import CorrectedFile, Correction, Said, Standing, Verdict
from app.domain.times import now
from app.domain.uris import path_of, uri_of
from app.store.batches import batches
from app.store.contents import mates_of
from app.store.person_tables import CorrectedRow, CorrectionRow
from app.store.tables import ContentRow, FileRow


class Corrections:
    """Corrections by their numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, dataset_id: int, verdict: Verdict, sides: Sequence[Sequence[CorrectedFile]]) -> int:
        """Keep what a person said, and note that the clusters around it have to be found again; give its number."""
        row = CorrectionRow(dataset_id=dataset_id, verdict=verdict, moment=now())
        self._session.add(row)
        self._session.flush()
        members = [
            {"correction_id": row.id, "sha256": file.sha256, "side": number, "uri": uri_of(file.path)}
            for number, side in enumerate(sides)
            for file in side
        ]
        self._session.execute(insert(CorrectedRow), members)
        self._unsettle(dataset_id, [file.sha256 for side in sides for file in side])
        return row.id

    def remove(self, dataset_id: int, number: int) -> bool:
        """Forget a correction, as if it had never been said; tell whether there was one."""
        spoken_of = select(CorrectedRow.sha256).join(CorrectionRow).where(CorrectionRow.dataset_id == dataset_id)
        self._unsettle(dataset_id, list(self._session.scalars(spoken_of.where(CorrectionRow.id == number))))
        gone = delete(CorrectionRow).where(CorrectionRow.dataset_id == dataset_id, CorrectionRow.id == number)
        return self._session.execute(gone.returning(CorrectionRow.id)).first() is not None

    def all(self, dataset_id: int) -> list[Correction]:
        """Give all corrections in the order in which they were said."""
        sides: dict[int, dict[int, list[CorrectedFile]]] = defaultdict(lambda: defaultdict(list))
        for row in self._session.execute(
            select(CorrectedRow, func.min(FileRow.uri).label("place"))
            .join(CorrectionRow)
            .outerjoin(ContentRow, and_(ContentRow.sha256 == CorrectedRow.sha256, ContentRow.dataset_id == dataset_id))
            .outerjoin(FileRow, FileRow.content_id == ContentRow.id)
            .where(CorrectionRow.dataset_id == dataset_id)
            .group_by(CorrectedRow.correction_id, CorrectedRow.sha256)
            .order_by(CorrectedRow.correction_id, CorrectedRow.side, CorrectedRow.uri)
        ):
            kept: CorrectedRow = row.CorrectedRow
            file = CorrectedFile(kept.sha256, path_of(row.place or kept.uri))
            sides[kept.correction_id][kept.side].append(file)
        acts = self._session.scalars(
            select(CorrectionRow).where(CorrectionRow.dataset_id == dataset_id).order_by(CorrectionRow.id)
        )
        return [
            Correction(act.id, Verdict(act.verdict), tuple(tuple(side) for side in sides[act.id].values()), act.moment)
            for act in acts
        ]

    def standing(self, dataset_id: int) -> Standing[int]:
        """Give what stands of all corrections, by the numbers of the contents that are there now."""
        said: dict[int, tuple[Verdict, dict[int, list[bytes]]]] = {}
        numbers: dict[bytes, int] = {}
        for row in self._session.execute(
            select(CorrectionRow.id, CorrectionRow.verdict, CorrectedRow.sha256, CorrectedRow.side, ContentRow.id)
            .join(CorrectedRow, CorrectedRow.correction_id == CorrectionRow.id)
            .outerjoin(ContentRow, and_(ContentRow.sha256 == CorrectedRow.sha256, ContentRow.dataset_id == dataset_id))
            .where(CorrectionRow.dataset_id == dataset_id)
            .order_by(CorrectionRow.id, CorrectedRow.side)
        ):
            act_id, verdict, sha256, side, content_id = row
            said.setdefault(act_id, (Verdict(verdict), defaultdict(list)))[1][side].append(sha256)
            if content_id is not None:
                numbers[sha256] = content_id
        standing = Standing(Said(verdict, list(sides.values())) for verdict, sides in said.values())
        return standing.renamed(numbers)

    def _unsettle(self, dataset_id: int, sha256s: Sequence[bytes]) -> None:
        """Note that the clusters of these contents, and of who shares them, have to be found again."""
        for digests in batches(sha256s):
            spoken_of = and_(ContentRow.dataset_id == dataset_id, ContentRow.sha256.in_(digests))
            near = or_(spoken_of, ContentRow.id.in_(mates_of(spoken_of)))
            self._session.execute(update(ContentRow).where(near).values(grouped=False))
