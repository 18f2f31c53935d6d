import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.uris import path_of, shown, uri_of
from app.errors import InvalidArgument

names = st.binary(min_size=1, max_size=40).filter(lambda name: b"\0" not in name)


@given(names)
def test_a_path_of_any_bytes_comes_back_from_its_uri(name: bytes) -> None:
    path = os.fsdecode(b"/" + name)
    assert path_of(uri_of(path)) == path


@given(names)
def test_a_uri_is_ascii_and_has_no_spaces(name: bytes) -> None:
    uri = uri_of(os.fsdecode(b"/" + name))
    assert uri.isascii()
    assert uri.isprintable()
    assert " " not in uri


@given(names)
def test_any_path_can_be_printed_on_one_line(name: bytes) -> None:
    text = shown(os.fsdecode(b"/" + name))
    assert text.isprintable()
    text.encode()


@pytest.mark.parametrize("uri", ["oss://bucket/a.jpg", "file://host/a.jpg", "/a.jpg", ""])
def test_a_uri_of_something_else_is_refused(uri: str) -> None:
    with pytest.raises(InvalidArgument, match="file:///"):
        path_of(uri)
