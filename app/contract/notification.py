"""Notification: where the message of an end goes."""

from typing import Annotated

from pydantic import AfterValidator

from app.contract.request import Part
from app.domain.messages import Notification, check_topic
from app.errors import InvalidArgument


class _Topic(Part):
    topic_name: Annotated[str, AfterValidator(check_topic)]


def _no_cloud(uri: str) -> str:
    if uri:
        raise InvalidArgument(
            "ExtendedMessageURI names an object of a cloud's storage; there is none here. Leave it out."
        )
    return uri


class InputNotification(Part):
    """MNS and RocketMQ: topics, each a file of JSON lines here."""

    mns: _Topic | None = None
    rocket_mq: _Topic | None = None
    extended_message_uri: Annotated[str, AfterValidator(_no_cloud)] = ""

    def value(self) -> Notification:
        """Give what the inside knows of it."""
        topics = [topic.topic_name for topic in (self.mns, self.rocket_mq) if topic is not None]
        return Notification(tuple(dict.fromkeys(topics)))
