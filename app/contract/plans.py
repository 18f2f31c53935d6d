"""Plans and deletions as JSON: what is written for a person or a program, and a plan that was saved, read again."""

import os
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_pascal

from app.contract.answers import Answer
from app.contract.request import wrong_line
from app.domain.deletions import Basis, DeletedFile, Deletion
from app.domain.plans import Plan, PlannedFile, Refusal, Warned
from app.domain.times import rfc3339
from app.domain.uris import path_of, uri_of
from app.errors import InvalidArgument

_TRASH: Literal["trash"] = "trash"
_PLACES = {_TRASH, "in place"}


class _File(BaseModel):
    """A line of a saved plan; what else stands in it is left alone."""

    model_config = ConfigDict(alias_generator=lambda name: "URI" if name == "uri" else to_pascal(name))
    uri: str
    companions: list[str] = []
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    rule: Basis = Basis.DECISION
    reason: str = ""
    keeper: str | None
    destination: str = _TRASH


class _Plan(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal)
    files: list[_File]


def plan_answer(plans: Sequence[Plan]) -> Answer:
    """Plans of some datasets as one."""
    return {
        "Files": [_planned_answer(one) for plan in plans for one in plan.files],
        "FileCount": sum(plan.count for plan in plans),
        "Size": sum(plan.size for plan in plans),
        "Warnings": [_warned_answer(one) for plan in plans for one in plan.warnings],
        "Refused": [refusal_answer(one) for plan in plans for one in plan.refused],
    }


def read_plan(data: bytes) -> list[PlannedFile]:
    """Read a plan that was saved, and perhaps edited.

    Raises:
        InvalidArgument: it is none; the message says which line is wrong.
    """
    try:
        return [_planned(one) for one in _Plan.model_validate_json(data).files]
    except ValidationError as error:
        raise InvalidArgument(f"The plan cannot be read: {wrong_line(error)}.") from error


def deletion_answer(deletion: Deletion) -> Answer:
    """A deletion with its numbers; Size is bytes that are away now."""
    return {
        "DeletionId": deletion.deletion_id,
        "DatasetName": deletion.dataset_name,
        "End": deletion.end,
        "Time": rfc3339(deletion.moment),
        "Running": not deletion.ended,
        "PhotoCount": deletion.photos,
        "FileCount": deletion.files,
        "Size": deletion.size,
        "RestoredCount": deletion.restored,
        "RefusedCount": deletion.refused,
        "LostCount": deletion.lost,
    }


def deleted_answer(file: DeletedFile) -> Answer:
    """A file of a deletion; Place is where it was moved to, Target where it was put back."""
    return {
        "URI": uri_of(file.path),
        "Companion": file.companion,
        "Size": file.evidence.size,
        "Sha256": file.evidence.sha256.hex(),
        "Rule": file.basis,
        "Reason": file.reason,
        "Keeper": None if file.keeper is None else uri_of(file.keeper),
        "State": file.state,
        "Place": uri_of(file.place) if file.place else "",
        "Target": uri_of(file.target) if file.target else "",
        "Fault": file.fault,
    }


def refusal_answer(refusal: Refusal) -> Answer:
    """A file that does not go, and why."""
    return {"URI": uri_of(refusal.path), "Why": refusal.why, "Detail": refusal.detail}


def _warned_answer(warned: Warned) -> Answer:
    return {"URI": uri_of(warned.path), "Concern": warned.concern, "Detail": warned.detail}


def _planned_answer(planned: PlannedFile) -> Answer:
    place = planned.destination
    return {
        "URI": uri_of(planned.path),
        "Companions": [uri_of(path) for path in planned.companions],
        "Size": planned.size,
        "Sha256": planned.sha256.hex(),
        "Rule": planned.basis,
        "Reason": planned.reason,
        "Keeper": None if planned.keeper is None else uri_of(planned.keeper),
        "Destination": place if place in _PLACES else uri_of(place),
    }


def _planned(read: _File) -> PlannedFile:
    companions = tuple(path_of(uri) for uri in read.companions)
    return PlannedFile(
        path=path_of(read.uri),
        companions=companions,
        size=read.size,
        sha256=bytes.fromhex(read.sha256),
        basis=read.rule,
        reason=read.reason,
        keeper=None if read.keeper is None else path_of(read.keeper),
        destination=read.destination if read.destination in _PLACES else path_of(read.destination),
        companions_size=sum(os.path.getsize(path) for path in companions if os.path.exists(path)),  # noqa: PTH110, PTH202 (any bytes)
    )
