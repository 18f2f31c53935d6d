"""Decisions as JSON: the list of them, which is also the file by which they go to another catalogue and back."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_pascal

from app.contract.answers import Answer
from app.contract.request import wrong_line
from app.domain.decisions import DecidedFile, Decision, Scope
from app.domain.steps import Step
from app.domain.times import moment_of, rfc3339
from app.domain.uris import path_of, uri_of
from app.errors import InvalidArgument


class _Decision(BaseModel):
    model_config = ConfigDict(alias_generator=lambda name: "URI" if name == "uri" else to_pascal(name))
    uri: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    decision: Decision
    scope: Scope = Scope.WHOLE
    alone: bool = False
    time: str


class _Decisions(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal)
    decisions: list[_Decision]


def decision_answer(decided: DecidedFile) -> Answer:
    """A decision. Alone: the photograph is rejected although nothing of its cluster is kept."""
    return {
        "URI": uri_of(decided.path),
        "Sha256": decided.sha256.hex(),
        "Decision": decided.decision,
        "Scope": decided.scope,
        "Alone": decided.alone,
        "Time": rfc3339(decided.moment),
    }


def decisions_answer(decided: Iterable[DecidedFile]) -> Answer:
    """All decisions of a dataset."""
    return {"Decisions": [decision_answer(one) for one in decided]}


def step_answer(step: Step) -> Answer:
    """A step that was made, undone, or done again."""
    return {
        "Kind": step.kind,
        "Count": step.count,
        "ClusterCount": step.clusters,
        "Time": rfc3339(step.moment),
        "DeletionId": step.deletion_id,
    }


def read_decisions(data: bytes) -> list[DecidedFile]:
    """Read decisions that were written to a file.

    Raises:
        InvalidArgument: it does not hold any; the message says which line is wrong.
    """
    try:
        read = _Decisions.model_validate_json(data)
    except ValidationError as error:
        raise InvalidArgument(f"The decisions cannot be read: {wrong_line(error)}.") from error
    return [_decided(one) for one in read.decisions if one.decision is not Decision.UNDECIDED]


def _decided(read: _Decision) -> DecidedFile:
    return DecidedFile(
        bytes.fromhex(read.sha256), path_of(read.uri), read.decision, moment_of(read.time), read.scope, alone=read.alone
    )
