import numpy as np
import pytest

from app.domain.pairs import COPY, DEFAULT, Pair, Relation
from app.matching import candidates, relations
from app.matching.candidates import Candidates, Pictures
from tests.factories import content

FAR = bytes([0b10101010] * 32)
SECOND = 1_000_000
ALIKE, SOMEWHAT, UNLIKE = 0.6, 0.3, -0.2
"""Cosines: enough by itself, enough for neighbours in time, too little."""
NOON = 1_700_000_000 * SECOND


def sights_with(cosine: float, count: int) -> list[bytes]:
    """Sights of pictures of which every two are so much alike."""
    share = np.arccos(cosine) / np.pi
    bits = np.zeros((count, candidates.SIGHT_BITS), np.uint8)
    step = int(share * candidates.SIGHT_BITS / 2)
    for number in range(count):
        bits[number, number * step : (number + 1) * step] = 1
    return [row.tobytes() for row in np.packbits(bits, axis=1)]


def pictures(
    phashes: list[bytes],
    sights: list[bytes],
    cameras: list[int] | None = None,
    moments: list[int] | None = None,
    bursts: list[int] | None = None,
    texture: float = 50,
) -> Pictures:
    count = len(phashes)
    return Pictures(
        numbers=np.arange(count),
        phashes=np.frombuffer(b"".join(phashes), np.uint8).reshape(count, 32),
        sights=np.frombuffer(b"".join(sights), np.uint8).reshape(count, 64),
        seen=np.ones(count, np.bool_),
        textures=np.full(count, texture, np.float32),
        cameras=np.array(cameras or [-1 - number for number in range(count)]),
        moments=np.array(moments or [0] * count),
        bursts=np.array(bursts or [-1 - number for number in range(count)]),
    )


def found_in(given: Pictures, new: list[bool] | None = None) -> set[tuple[int, int]]:
    flags = np.ones(len(given.numbers), np.bool_) if new is None else np.array(new)
    found = candidates.find(given, flags, 0.5)
    return set(zip(found.first.tolist(), found.second.tolist(), strict=True))


def test_frames_of_one_camera_within_seconds_are_candidates_where_they_are_somewhat_alike() -> None:
    sights = sights_with(SOMEWHAT, 2)
    assert found_in(pictures([bytes(32), FAR], sights, [1, 1], [0, 2 * SECOND])) == {(0, 1)}
    assert found_in(pictures([bytes(32), FAR], sights, [1, 1], [0, 20 * SECOND])) == set()
    assert found_in(pictures([bytes(32), FAR], sights, [1, 2], [0, 2 * SECOND])) == set()


def test_frames_of_one_burst_are_neighbours_whatever_their_clocks() -> None:
    given = pictures([bytes(32), FAR], sights_with(SOMEWHAT, 2), [1, 1], [0, 3600 * SECOND], [7, 7])
    assert found_in(given) == {(0, 1)}
    assert candidates.find(given, np.ones(2, np.bool_), 0.5).timed.tolist() == [True]


def test_time_alone_makes_no_candidate() -> None:
    assert found_in(pictures([bytes(32), FAR], sights_with(UNLIKE, 2), [1, 1], [0, SECOND])) == set()


def test_frames_between_two_others_do_not_change_whether_these_are_a_candidate() -> None:
    sights = [sights_with(SOMEWHAT, 2)[number % 2] for number in range(12)]
    phashes = [FAR if number % 2 else bytes(32) for number in range(12)]
    given = pictures(phashes, sights, [1] * 12, [number * SECOND // 10 for number in range(12)])
    assert (0, 11) in found_in(given)


def test_pictures_that_show_the_like_are_candidates_whatever_their_hashes() -> None:
    given = pictures([bytes(32), FAR], sights_with(ALIKE, 2))
    assert found_in(given, [True, False]) == {(0, 1)}
    assert found_in(given, [False, False]) == set()
    assert candidates.find(given, np.ones(2, np.bool_), 0.5).by_sight_alone.tolist() == [True]


def test_pictures_whose_thumbnails_are_lost_are_not_alike_by_that() -> None:
    given = pictures([bytes(32), FAR], [bytes(64)] * 2)
    given.seen[:] = False
    assert found_in(given) == set()


def test_only_pairs_with_a_new_file_are_candidates() -> None:
    given = pictures([bytes(32)] * 3, sights_with(UNLIKE, 3))
    assert found_in(given, [False, False, True]) == {(0, 2), (1, 2)}


def test_candidates_are_the_same_whether_files_come_at_once_or_one_by_one() -> None:
    draw = np.random.default_rng(3)
    phashes = [bytes([draw.integers(0, 4)] * 32) for _ in range(40)]
    sights = [bytes([draw.integers(0, 8)] * 64) for _ in range(40)]
    cameras = [int(draw.integers(0, 3)) for _ in range(40)]
    given = pictures(phashes, sights, cameras, list(range(0, 40 * SECOND, SECOND)))
    one_by_one: set[tuple[int, int]] = set()
    for last in range(40):
        upto = slice(last + 1)
        part = pictures(phashes[upto], sights[upto], cameras[upto], given.moments[upto].tolist())
        one_by_one |= found_in(part, [number == last for number in range(last + 1)])
    assert found_in(given) == one_by_one


def test_the_quick_look_finds_what_upright_hashes_prove_and_nothing_else() -> None:
    near = bytes([0b11] * 8 + [0] * 24)
    given = pictures([bytes(32), near, FAR], sights_with(ALIKE, 3))
    found = candidates.find_upright(given, np.ones(3, np.bool_))
    assert (found.first.tolist(), found.second.tolist(), found.distance.tolist()) == ([0], [1], [16])


@pytest.mark.parametrize(("texture", "proved"), [(2, False), (50, True)])
def test_flat_pictures_with_equal_hashes_are_not_proved_by_them(texture: float, proved: bool) -> None:
    found = candidates.find(
        pictures([bytes(32)] * 2, sights_with(UNLIKE, 2), texture=texture), np.ones(2, np.bool_), 0.5
    )
    assert found.proved.tolist() == [proved]
    strength = relations.strength_by_hash(found.distance, found.cosine, np.full(1, texture, np.float32))
    assert (strength >= DEFAULT).tolist() == [proved]


def test_of_two_equally_near_pictures_the_one_that_shows_more_of_the_same_is_nearer() -> None:
    cosine, texture = np.array([0.98, 0.97, 0.5], np.float32), np.full(3, 50, np.float32)
    strengths = relations.strength_by_hash(np.array([4, 4, candidates.PROVED_DISTANCE]), cosine, texture)
    assert strengths[0] > strengths[1] > strengths[2] > DEFAULT


def test_the_ends_of_a_chain_of_copies_still_prove_each_other() -> None:
    distances, texture = np.arange(64), np.full(64, 50, np.float32)
    strengths = relations.strength_by_hash(distances, np.ones(64, np.float32), texture)
    assert 3 * distances[strengths >= COPY].max() <= candidates.PROVED_DISTANCE


def name(pair: Pair, **times: int | None) -> Relation:
    first = content("a", camera="Canon", capture_time=times.get("first"))
    second = content("b", camera="Canon", capture_time=times.get("second"))
    return relations.named(pair, first, second).relation


def pair_of(**evidence: float) -> Pair:
    return Pair(1, 2, relations.UNNAMED, 1.0, **{"distance": 4} | evidence)  # type: ignore[arg-type]


def test_relations_are_named_by_time_turn_distance_and_extent() -> None:
    assert name(pair_of(), first=NOON, second=NOON + SECOND) is Relation.BURST
    assert name(pair_of(), first=NOON, second=NOON + 3600 * SECOND) is Relation.RETAKEN
    assert name(pair_of()) is Relation.RESAVED
    assert name(pair_of(distance=30)) is Relation.EDITED
    assert name(pair_of(orientation=1)) is Relation.TURNED
    assert name(pair_of(distance=90, inliers=50, extent=0.6)) is Relation.CROPPED
    assert name(pair_of(distance=90, inliers=50, extent=0.97)) is Relation.EDITED
    assert name(pair_of(distance=90, inliers=50, extent=0.97, angle=-90)) is Relation.TURNED


def test_a_candidate_can_be_chosen_among_others() -> None:
    found = candidates.find(pictures([bytes(32)] * 3, sights_with(ALIKE, 3)), np.ones(3, np.bool_), 0.5)
    chosen: Candidates = found.chosen(slice(1, 2))
    assert (len(found), len(chosen), chosen.second.tolist()) == (3, 1, [2])
