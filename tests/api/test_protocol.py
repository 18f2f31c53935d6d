"""What the endpoint lets in, and that it answers everything else with a JSON object too."""

import hashlib
import http.client
import json
import secrets
import socket
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
import pytest

from app.api.calls import FORM, Call
from app.api.keys import KeyPair
from app.api.server import Server
from app.api.signatures import Signatures, sign
from app.contract.requests import CreateDataset
from app.domain.files import IndexJob
from app.domain.tasks import Task
from app.errors import CallRefused, InvalidArgument
from app.services.datasets import create_dataset
from app.store import Store
from tests.api.conftest import Served

LIST = {"ProjectName": "default"}


class Caller:
    """Speaks the protocol by hand, so that anything may be wrong."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def call(
        self, method: str = "POST", target: str | None = None, body: bytes = b"", **changed: str | None
    ) -> tuple[int, dict[str, Any]]:
        """Call ListDatasets; a header named in ``changed`` is another after the signing, or (None) missing."""
        query = urlencode(LIST)
        headers = self.signed(method, query, body)
        for name, value in changed.items():
            headers[name.replace("_", "-")] = value or ""
        return self.send(method, target or f"/?{query}", body, {key: value for key, value in headers.items() if value})

    def signed(self, method: str, query: str, body: bytes = b"", **changed: str) -> dict[str, str]:
        headers = {
            "host": self._served.address,
            "x-acs-action": "ListDatasets",
            "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
            "x-acs-date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "x-acs-signature-nonce": secrets.token_hex(),
            "x-acs-version": "2020-09-30",
        } | {name.replace("_", "-"): value for name, value in changed.items()}
        names = sorted(name for name, value in headers.items() if value)
        signature = sign(Call(method, query, headers, body), names, self._served.secret)
        headers["authorization"] = (
            f"ACS3-HMAC-SHA256 Credential={self._served.key_id},SignedHeaders={';'.join(names)},Signature={signature}"
        )
        return headers

    def send(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection(self._served.address, timeout=20)
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        found = json.loads(text)
        assert isinstance(found, dict)
        assert found["RequestId"]
        return answer.status, found


@pytest.fixture
def caller(served: Served) -> Caller:
    return Caller(served)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_signed_call_is_answered(caller: Caller, method: str) -> None:
    status, answer = caller.call(method)
    assert status == 200
    assert isinstance(answer["Datasets"], list)


def test_the_operation_may_be_named_in_the_query_and_parameters_in_a_form(caller: Caller) -> None:
    query, body = urlencode({"Action": "ListDatasets", "Version": "2020-09-30"}), urlencode(LIST).encode()
    headers = caller.signed("POST", query, body, x_acs_action="", content_type=FORM)
    status, answer = caller.send("POST", f"/?{query}", body, {key: value for key, value in headers.items() if value})
    assert (status, "Datasets" in answer) == (200, True)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"authorization": None}, "IncompleteSignature"),
        ({"authorization": "Basic abc"}, "IncompleteSignature"),
        ({"x_acs_date": None}, "IncompleteSignature"),
        ({"x_acs_signature_nonce": None}, "IncompleteSignature"),
        ({"x_acs_signature_nonce": "another"}, "SignatureDoesNotMatch"),
        ({"x_acs_action": "ListTasks"}, "SignatureDoesNotMatch"),
        ({"x_acs_version": "2017-09-06"}, "SignatureDoesNotMatch"),
        ({"host": "evil.example"}, "HostNotAllowed"),
        ({"host": "127.0.0.1"}, "HostNotAllowed"),
        ({"host": None}, "InvalidRequest"),
    ],
    ids=str,
)
def test_what_was_changed_after_the_signing_is_refused(
    caller: Caller, changed: dict[str, str | None], code: str
) -> None:
    status, answer = caller.call(**changed)  # type: ignore[arg-type]
    assert (status >= 400, answer["Code"]) == (True, code)


def test_another_query_or_body_than_the_signed_one_is_refused(caller: Caller) -> None:
    for changed in ({"target": "/?ProjectName=default&Prefix=x"}, {"target": "/?ProjectName=defaulT"}):
        assert caller.call(**changed)[1]["Code"] == "SignatureDoesNotMatch"  # type: ignore[arg-type]
    headers = caller.signed("POST", urlencode(LIST))
    answer = caller.send("POST", f"/?{urlencode(LIST)}", b"Prefix=x", headers)[1]
    assert answer["Code"] == "SignatureDoesNotMatch"


def test_a_wrong_key_or_secret_is_refused(served: Served) -> None:
    for wrong in (
        Served(served.address, "nobody", served.secret, served.data_dir, served.open_folder),
        Served(served.address, served.key_id, "guessed", served.data_dir, served.open_folder),
    ):
        assert Caller(wrong).call()[1]["Code"] == "SignatureDoesNotMatch"


def test_a_call_is_let_in_once(caller: Caller) -> None:
    query = urlencode(LIST)
    headers = caller.signed("POST", query)
    assert caller.send("POST", f"/?{query}", b"", headers)[0] == 200
    assert caller.send("POST", f"/?{query}", b"", headers)[1]["Code"] == "SignatureNonceUsed"


@pytest.mark.parametrize("minutes", [-16, 16, -60 * 24 * 365])
def test_a_call_of_another_time_is_refused(caller: Caller, minutes: int) -> None:
    date = datetime.now(UTC) + timedelta(minutes=minutes)
    headers = caller.signed("POST", urlencode(LIST), x_acs_date=f"{date:%Y-%m-%dT%H:%M:%SZ}")
    assert caller.send("POST", f"/?{urlencode(LIST)}", b"", headers)[1]["Code"] == "InvalidTimeStamp.Expired"


def test_nonces_are_forgotten_only_when_their_date_is_too_old_anyway(served: Served) -> None:
    moment = time.time()
    signatures = Signatures(KeyPair(access_key_id=served.key_id, access_key_secret=served.secret), lambda: moment)
    headers = Caller(served).signed("POST", urlencode(LIST))
    call = Call("POST", urlencode(LIST), headers, b"")
    signatures.check(call)
    for seconds, code in ((899, "SignatureNonceUsed"), (200, "InvalidTimeStamp.Expired")):
        moment += seconds
        with pytest.raises(CallRefused) as refused:
            signatures.check(call)
        assert refused.value.code == code
    with pytest.raises(CallRefused, match="before this endpoint began"):
        Signatures(KeyPair(access_key_id=served.key_id, access_key_secret=served.secret), lambda: moment).check(call)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n", 400),
        (b"GET /" + b"a" * (2 << 20), 400),
        (b"GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n", 404),
        (b"DELETE / HTTP/1.1\r\nhost: x\r\n\r\n", 405),
        (b"GET / HTTP/1.0\r\n\r\n", 403),
    ],
    ids=["no http", "no length", "endless", "another path", "another method", "no host"],
)
def test_every_answer_is_a_json_object(served: Served, sent: bytes, status: int) -> None:
    address, _, port = served.address.partition(":")
    with socket.create_connection((address, int(port)), timeout=20) as connection:
        connection.sendall(sent)
        response = http.client.HTTPResponse(connection)
        response.begin()
        answer = json.loads(response.read())
    assert response.status == status
    assert {"RequestId", "Code", "Message"} <= answer.keys()


def test_a_body_without_end_is_refused(caller: Caller) -> None:
    status, answer = caller.call(body=b"a" * (2 << 20))
    assert (status, answer["Code"]) == (400, "InvalidArgument")


def test_other_interfaces_of_this_machine_do_not_answer(served: Served) -> None:
    port = int(served.address.partition(":")[2])
    others = [
        entry.address
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family is socket.AF_INET and not entry.address.startswith("127.")
    ]
    for address in ["127.0.0.2", *others]:
        with pytest.raises(OSError):  # noqa: PT011 (refused or unreachable)
            socket.create_connection((address, port), timeout=2)


def test_a_link_does_not_lead_out_of_the_open_folders(served: Served, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (served.open_folder / "out").symlink_to(tmp_path)
    caller = Caller(served)
    for path in (served.open_folder / "out" / "secret.jpg", served.open_folder / ".." / "secret.jpg"):
        query = urlencode({"DatasetName": "x", "ProjectName": "default", "File": json.dumps({"URI": f"file://{path}"})})
        headers = caller.signed("POST", query, x_acs_action="IndexFileMeta")
        assert caller.send("POST", f"/?{query}", b"", headers)[1]["Code"] == "NoPermission"


def test_keys_are_made_once_and_read_by_their_owner_alone(data_dir: Path) -> None:
    first = KeyPair.of(data_dir)
    path = data_dir / "endpoint.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    assert KeyPair.of(data_dir) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("{}")
    with pytest.raises(InvalidArgument, match="damaged"):
        KeyPair.of(data_dir)
    assert path.read_text() == "{}"


def test_the_keys_are_the_same_after_another_start(start: Callable[[], Served]) -> None:
    first = start()
    assert KeyPair.of(first.data_dir) == KeyPair(access_key_id=first.key_id, access_key_secret=first.secret)


class Clumsy:
    """Hands that break whatever they are given."""

    def run(self, task: Task) -> None:
        raise KeyError(task.task_id)

    def index(self, job: IndexJob) -> None:
        raise KeyError(job.event_id)


def test_a_fault_of_the_program_is_answered_with_json_too(data_dir: Path, tmp_path: Path) -> None:
    with Store(data_dir) as store, ThreadPoolExecutor(1) as threads:
        create_dataset(store, CreateDataset(dataset_name="walks"))
        server = Server(store, Clumsy())
        running = threads.submit(server.run)
        keys = server.keys
        caller = Caller(Served(server.address, keys.access_key_id, keys.access_key_secret, data_dir, tmp_path))
        query = urlencode({"DatasetName": "walks", "ProjectName": "default"})
        headers = caller.signed("POST", query, x_acs_action="CreateSimilarImageClusteringTask")
        status, answer = caller.send("POST", f"/?{query}", b"", headers)
        assert (status, answer["Code"]) == (500, "InternalError")
        assert caller.call()[0] == 200
        server.close()
        running.result(10)
