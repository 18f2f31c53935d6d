"""What every request has in common: IMM's names outside, clear errors, an id of its own."""

import json
from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic.alias_generators import to_pascal

from app.domain.datasets import PROJECT_NAME
from app.domain.identities import new_request_id
from app.errors import InvalidArgument, ResourceNotFound

_WORDS = {
    "Uri": "URI",
    "Uris": "URIs",
    "NewUri": "NewURI",
    "Mns": "MNS",
    "RocketMq": "RocketMQ",
    "ExtendedMessageUri": "ExtendedMessageURI",
}


def imm_name(name: str) -> str:
    """Give the contract's name of a field: ``dataset_name`` is DatasetName, ``uris`` URIs."""
    pascal = to_pascal(name)
    return _WORDS.get(pascal, pascal)


def _parsed(value: object) -> object:
    """Take lists and objects also as the text of their JSON, the only form that they have on the wire."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ValueError(f"it is no JSON ({error})") from error


FromJson = BeforeValidator(_parsed)
Labels = Annotated[dict[str, object], FromJson]


class Part(BaseModel):
    """A value inside a request."""

    model_config = ConfigDict(alias_generator=imm_name, populate_by_name=True, frozen=True, extra="ignore")

    def __init__(self, **fields: object) -> None:
        """Check and keep the fields, by their names inside or outside.

        Raises:
            InvalidArgument: one breaks its rule; which, and why.
        """
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise InvalidArgument(_said(error)) from error


class Request(Part):
    """What is asked of the catalogue. ``project_name`` is the catalogue: there is one."""

    project_name: str = PROJECT_NAME
    request_id: str = Field(default_factory=new_request_id, exclude=True)

    @property
    def opens(self) -> Sequence[str]:
        """Paths of the files and folders that are opened because of this request, however much later."""
        return ()

    @classmethod
    def of(cls, parameters: dict[str, object], request_id: str) -> Self:
        """Make a request of parameters in the contract's names; what is empty counts as not given.

        Raises:
            InvalidArgument: a parameter is missing or breaks its rule.
            ResourceNotFound: there is no such project.
        """
        given = {name: value for name, value in parameters.items() if value not in ("", None)}
        return cls.model_validate(given | {"request_id": request_id})

    @field_validator("project_name")
    @classmethod
    def _of_this_catalogue(cls, name: str) -> str:
        if name != PROJECT_NAME:
            raise ResourceNotFound(f"There is no project {name!r}; the one of this catalogue is {PROJECT_NAME!r}.")
        return name


def wrong_line(error: ValidationError) -> str:
    """Say of a file that was saved which line of it is wrong first, and why."""
    fault = error.errors()[0]
    where = ".".join(str(part) for part in fault["loc"]) or "the file"
    return f"{where}: {fault['msg']}"


def _said(error: ValidationError) -> str:
    """Say the first thing that is wrong in the contract's words."""
    fault = error.errors()[0]
    name = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "missing":
        return f"The parameter {name} is required but not provided."
    return f"The parameter {name} is not valid: {fault['msg'].removeprefix('Value error, ')}."
