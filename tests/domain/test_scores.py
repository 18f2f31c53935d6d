from app.domain.files import Measures
from app.domain.scores import image_scores
from tests.factories import content


def measures(sharpness: float = 100, clipped: float = 0.0) -> Measures:
    return Measures(sharpness=sharpness, texture=50, brightness=0.5, clipped=clipped)


def test_the_sharper_of_two_frames_scores_higher() -> None:
    sharp, soft = image_scores([content("a", measures=measures(200)), content("b", measures=measures(100))])
    assert sharp > soft


def test_a_copy_with_more_contrast_is_not_a_sharper_one() -> None:
    original = content("a", camera="Canon", measures=Measures(sharpness=100, texture=50, brightness=0.5))
    lifted = content("b", measures=Measures(sharpness=400, texture=100, brightness=0.5))
    first, second = image_scores([original, lifted])
    assert first > second


def test_a_clipped_frame_scores_lower() -> None:
    good, burnt = image_scores([content("a", measures=measures()), content("b", measures=measures(clipped=0.5))])
    assert good > burnt


def test_an_original_scores_above_its_smaller_copy() -> None:
    original, copy = image_scores([content("a", camera="Canon", size=(1200, 800)), content("b")])
    assert original > copy


def test_scores_lie_between_0_and_1() -> None:
    flat = Measures(sharpness=0, texture=0, brightness=1, clipped=1)
    assert all(0 <= score <= 1 for score in image_scores([content("a", measures=flat), content("b", measures=flat)]))
