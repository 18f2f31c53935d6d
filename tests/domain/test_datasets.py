import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.datasets import check_dataset_name, slug
from app.errors import InvalidArgument


@given(st.text(max_size=300), st.sets(st.sampled_from(["photos", "photos-2", "a", "_1"])))
def test_any_folder_name_gives_a_valid_and_free_dataset_name(folder: str, taken: set[str]) -> None:
    name = slug(folder, taken)
    assert check_dataset_name(name) == name
    assert name not in taken


@pytest.mark.parametrize(
    ("folder", "name"),
    [("Winter Walks", "winter-walks"), ("Übersee 2024", "ubersee-2024"), ("2024", "_2024"), ("写真", "photos")],
)
def test_a_dataset_name_keeps_what_it_can_of_the_folder_name(folder: str, name: str) -> None:
    assert slug(folder) == name


@pytest.mark.parametrize("name", ["", "1a", "a b", "a" * 129, "ä", "a\n"])
def test_a_name_against_the_rule_is_refused(name: str) -> None:
    with pytest.raises(InvalidArgument, match="not valid"):
        check_dataset_name(name)
