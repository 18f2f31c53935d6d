"""What a person said is kept by content and by dataset, whatever becomes of files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.clusters import ClusterKind
from app.domain.corrections import CorrectedFile, Verdict
from app.domain.files import Compared, Stamp
from app.store import Store, Work
from tests.factories import content

A, B, C = (CorrectedFile(content(name).sha256, f"/p/{name}.jpg") for name in "abc")


@pytest.fixture
def work(data_dir: Path) -> Iterator[Work]:
    with Store(data_dir) as store, store.write() as work:
        for name in ("walks", "lakes"):
            work.datasets.add(name, "")
        yield work


def put(work: Work, dataset_id: int, *names: str) -> list[int]:
    """Keep files that were read, compared and grouped; give the numbers of their contents."""
    numbers = []
    for name in names:
        work.files.put_read(dataset_id, f"/p/{name}.jpg", Stamp(1, 1, 1), content(name))
        numbers += [one.content_id for one in work.contents.of_digests(dataset_id, [content(name).sha256])]
    work.contents.set_compared(numbers, Compared.FULLY)
    work.contents.set_grouped(dataset_id, numbers)
    return numbers


def cluster(work: Work, dataset_id: int, *members: int) -> None:
    (number,) = work.clusters.add(dataset_id, [ClusterKind.NEAR])
    work.contents.move((member, number) for member in members)


def test_what_is_said_in_one_dataset_counts_in_no_other(work: Work) -> None:
    walks, lakes = work.datasets.id_of("walks"), work.datasets.id_of("lakes")
    (a, b), (other_a, other_b) = put(work, walks, "a", "b"), put(work, lakes, "a", "b")
    number = work.corrections.add(walks, Verdict.DIFFERENT, [[A], [B]])
    assert work.corrections.standing(walks).are_apart(a, b)
    assert not work.corrections.standing(lakes).are_apart(other_a, other_b)
    assert work.corrections.all(lakes) == []
    assert not work.corrections.remove(lakes, number)
    assert [one.number for one in work.corrections.all(walks)] == [number]


def test_it_counts_again_when_the_content_comes_back(work: Work) -> None:
    walks = work.datasets.id_of("walks")
    work.corrections.add(walks, Verdict.SAME, [[A, B]])
    assert work.corrections.standing(walks).bound_to(1) == {1}
    a, b = put(work, walks, "a", "b")
    assert work.corrections.standing(walks).bound_to(a) == {a, b}


def test_a_number_is_not_used_twice_and_all_goes_with_its_dataset(work: Work) -> None:
    walks, lakes = work.datasets.id_of("walks"), work.datasets.id_of("lakes")
    number = work.corrections.add(walks, Verdict.SAME, [[A, B]])
    assert work.corrections.remove(walks, number)
    assert work.corrections.add(walks, Verdict.SAME, [[A, B]]) > number
    last = work.corrections.add(lakes, Verdict.SAME, [[A, B]])
    work.datasets.delete("lakes")
    assert work.corrections.all(lakes) == []
    assert work.corrections.add(walks, Verdict.DIFFERENT, [[A], [C]]) > last


def test_the_clusters_of_all_that_is_spoken_of_have_to_be_found_again_and_no_others(work: Work) -> None:
    walks = work.datasets.id_of("walks")
    a, b, _, d = put(work, walks, "a", "b", "c", "d")
    cluster(work, walks, b, d)
    number = work.corrections.add(walks, Verdict.DIFFERENT, [[A], [B]])
    assert work.contents.ungrouped(walks) == [a, b, d]
    work.contents.set_grouped(walks, [a, b, d])
    work.corrections.remove(walks, number)
    assert work.contents.ungrouped(walks) == [a, b, d]


def test_when_a_file_goes_its_whole_cluster_has_to_be_found_again(work: Work) -> None:
    walks = work.datasets.id_of("walks")
    a, b, c = put(work, walks, "a", "b", "c")
    cluster(work, walks, a, b)
    work.files.take_out(walks, ["/p/a.jpg"])
    assert work.contents.ungrouped(walks) == [b]
    assert c not in work.contents.ungrouped(walks)
