"""Messages reach a webhook, in the end or not at all, and nobody waits for them."""

import json
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.contract.requests import CreateDataset, CreateSimilarImageClusteringTask
from app.domain.tasks import Status, Task
from app.imaging.readers import Readers
from app.services.datasets import create_dataset
from app.services.tasks import create_task, run_task
from app.settings import Settings
from app.store import Store
from app.workers import messenger
from app.workers.messenger import Messenger


class Receiver(ThreadingHTTPServer):
    """A webhook that answers with the statuses it was given, then with 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.statuses: list[int] = []
        self.received: list[dict[str, Any]] = []
        self.hold = threading.Event()
        self.hold.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class _Answering(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.hold.wait(10)
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == 200:
            self.server.received.append(json.loads(body))
        self.send_response(status)
        self.send_header("location", "/elsewhere")
        self.send_header("retry-after", "3600")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        thread = threading.Thread(target=receiver.serve_forever)
        thread.start()
        yield receiver
        receiver.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messenger, "RETRIES", messenger.RETRIES.new(backoff_factor=0.01))
    monkeypatch.setattr(messenger, "PATIENCE_SECONDS", 2.0)


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with Store(data_dir) as store:
        create_dataset(store, CreateDataset(dataset_name="empty"))
        yield store


def webhook(store: Store, url: str) -> None:
    settings = Settings.load(store.data_dir)
    settings.change("webhook", url)
    settings.save()


def run(store: Store) -> Task:
    task = create_task(store, CreateSimilarImageClusteringTask(dataset_name="empty", user_data="mine"))
    with Readers(1) as readers:
        return run_task(store, task.task_id, readers)


def test_the_end_of_a_task_is_posted_in_its_envelope(store: Store, receiver: Receiver) -> None:
    webhook(store, receiver.url)
    with closing(Messenger(store)):
        task = run(store)
    (envelope,) = receiver.received
    content = json.loads(envelope["content"])
    assert (envelope["source"], envelope["id"]) == ("acs.imm", task.event_id)
    assert (content["TaskId"], content["Status"], content["UserData"]) == (task.task_id, "Succeeded", "mine")


def test_without_a_webhook_nothing_is_posted(store: Store, receiver: Receiver) -> None:
    with closing(Messenger(store)):
        run(store)
    webhook(store, receiver.url)
    run(store)
    assert receiver.received == []


def test_a_receiver_that_fails_for_a_while_is_tried_again(store: Store, receiver: Receiver) -> None:
    receiver.statuses = [503, 500, 429]
    webhook(store, receiver.url)
    with closing(Messenger(store)):
        run(store)
    assert len(receiver.received) == 1


@pytest.mark.parametrize("statuses", [[503] * 20, [404], [302]], ids=["always failing", "unknown", "moved"])
def test_tries_come_to_an_end(
    store: Store, receiver: Receiver, statuses: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    receiver.statuses = list(statuses)
    webhook(store, receiver.url)
    with caplog.at_level(logging.WARNING), closing(Messenger(store)):
        run(store)
    assert receiver.received == []
    assert len(statuses) - len(receiver.statuses) == min(len(statuses), 6)
    assert "webhook" in caplog.text


def test_a_receiver_that_does_not_answer_delays_no_task(store: Store, receiver: Receiver) -> None:
    receiver.hold.clear()
    webhook(store, receiver.url)
    with closing(Messenger(store)):
        begun = time.monotonic()
        assert run(store).status is Status.SUCCEEDED
        assert run(store).status is Status.SUCCEEDED
        assert time.monotonic() - begun < 5
        receiver.hold.set()
    assert len(receiver.received) == 2


def test_nobody_at_the_address_is_no_failure_of_the_task(store: Store) -> None:
    webhook(store, "http://127.0.0.1:1/hook")
    with closing(Messenger(store)):
        assert run(store).status is Status.SUCCEEDED
