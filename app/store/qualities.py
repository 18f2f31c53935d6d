"""Qualities and judgements: what was measured of contents, and how they compare with the others of their clusters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.clusters import ClusterKind
from app.domain.faces import Face
from app.domain.judgements import Judgement
from app.domain.qualities import UNMEASURED, Quality, Search, Searched
from app.store.batches import batches
from app.store.tables import ClusterRow, ContentRow, JudgementRow, QualityRow

_FIELDS: Final = tuple(field.name for field in fields(Quality))
"""A quality has columns of the same names."""
_SEARCH: Final = (QualityRow.reason, QualityRow.search, QualityRow.faces)
_JUDGEMENT: Final = TypeAdapter(Judgement)


class Qualities:
    """Qualities and judgements by the numbers of their contents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def searches(self, dataset_id: int) -> list[Searched]:
        """Give how far the members of all clusters were looked at, cluster by cluster."""
        rows = self._session.execute(
            select(ContentRow.cluster_id, ContentRow.id, ContentRow.sha256, ClusterRow.kind, *_SEARCH)
            .join(ClusterRow, ClusterRow.id == ContentRow.cluster_id)
            .outerjoin(QualityRow, QualityRow.content_id == ContentRow.id)
            .where(ContentRow.dataset_id == dataset_id)
            .order_by(ContentRow.cluster_id, ContentRow.sha256)
        )
        return [
            Searched(
                row.cluster_id,
                row.id,
                row.sha256,
                ClusterKind(row.kind),
                None if row.search is None else Search.THOROUGH if row.reason else Search(row.search),
                tuple(Face.from_list(face) for face in row.faces or ()),
            )
            for row in rows
        ]

    def put(self, measured: Mapping[int, Quality | str]) -> None:
        """Keep what was measured, or why nothing could be."""
        rows = []
        for content_id, found in measured.items():
            quality = UNMEASURED if isinstance(found, str) else found
            values = {name: getattr(quality, name) for name in _FIELDS}
            values["faces"] = [face.to_list() for face in quality.faces]
            rows.append(values | {"content_id": content_id, "reason": found if isinstance(found, str) else ""})
        if rows:
            self._session.execute(insert(QualityRow).prefix_with("OR REPLACE"), rows)

    def of(self, content_ids: Sequence[int]) -> dict[int, Quality]:
        """Give the qualities of those contents that could be measured."""
        found: dict[int, Quality] = {}
        for ids in batches(content_ids):
            chosen = select(*QualityRow.__table__.c).where(QualityRow.content_id.in_(ids), QualityRow.reason == "")
            for row in self._session.execute(chosen):
                values = {name: getattr(row, name) for name in _FIELDS}
                faces = tuple(Face.from_list(face) for face in row.faces)
                found[row.content_id] = Quality(**values | {"search": Search(row.search), "faces": faces})
        return found

    def put_judgements(self, judgements: Iterable[tuple[int, Judgement]]) -> None:
        """Keep how contents were judged, in place of what was said before."""
        rows = [
            {"content_id": content_id, "judgement": _JUDGEMENT.dump_python(judgement, mode="json")}
            for content_id, judgement in judgements
        ]
        if rows:
            self._session.execute(insert(JudgementRow).prefix_with("OR REPLACE"), rows)

    def judged_clusters(self, dataset_id: int) -> dict[int, dict[int, Judgement]]:
        """Give how the members of all clusters of a dataset were judged, by the clusters' numbers.

        Without those that are to be judged anew: what was said of them was said in other company.
        """
        found: dict[int, dict[int, Judgement]] = {}
        for row in self._session.execute(
            select(ContentRow.cluster_id, JudgementRow.content_id, JudgementRow.judgement)
            .join(ContentRow, ContentRow.id == JudgementRow.content_id)
            .where(ContentRow.dataset_id == dataset_id, ContentRow.cluster_id.is_not(None))
            .where(ContentRow.image_score.is_not(None))
            .order_by(ContentRow.id)
        ):
            found.setdefault(row.cluster_id, {})[row.content_id] = _JUDGEMENT.validate_python(row.judgement)
        return found

    def judged(self, cluster_id: int) -> dict[bytes, Judgement]:
        """Give how the members of a cluster were judged, by their digests."""
        rows = self._session.execute(
            select(ContentRow.sha256, JudgementRow.judgement)
            .join(ContentRow, ContentRow.id == JudgementRow.content_id)
            .where(ContentRow.cluster_id == cluster_id, ContentRow.image_score.is_not(None))
        )
        return {row.sha256: _JUDGEMENT.validate_python(row.judgement) for row in rows}
