"""The gallery's model shows clusters and photographs by capture time and marks the best where it stands."""

from dataclasses import replace

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.domain.choices import Choice, Source
from app.domain.clusters import Cluster, ClusterKind
from app.domain.companions import Companion, CompanionKind
from app.domain.judgements import Confidence
from app.ui.gallery_model import GalleryModel, arrange
from tests.ui.factories import cluster, clusters, photo


def test_it_is_a_sound_model_while_its_content_changes(qapp: QApplication) -> None:
    model = GalleryModel()
    fatal = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_content(arrange(clusters([3, 2, 7])))
    model.set_content(arrange(clusters([2])))
    model.set_content(arrange([]))
    assert fatal.model() is model


def test_photographs_stand_by_capture_time_and_the_best_keeps_its_place() -> None:
    content = arrange([cluster(10, 3, seconds=50), cluster(1, 2, seconds=0)])
    assert [photo.file.file_id for photo in content.photos] == [1, 2, 10, 11, 12]
    assert [photo.rank for photo in content.photos] == [2, 1, 3, 2, 1]
    assert content.find(11) == 3
    assert content.find(99) == -1


def test_clusters_without_a_time_stand_by_their_paths_in_every_catalogue() -> None:
    pairs = [Cluster(name, ClusterKind.NEAR, (photo(i + 1), photo(i)), 0, 0) for name, i in (("a", 3), ("b", 1))]
    assert [shown.file.name for shown in arrange(pairs).photos] == [f"IMG_0000{n}.jpg" for n in (1, 2, 3, 4)]


def test_without_times_names_stand_in_natural_order_and_can_be_shown_whatever_their_bytes() -> None:
    names = ["IMG_10.jpg", "img_9.jpg", "IMG_9a.jpg", "caf\udce9.jpg"]
    files = tuple(replace(photo(i), path=f"/photos/{name}") for i, name in enumerate(names))
    content = arrange([Cluster("c", ClusterKind.EXACT, files, 0, 0)])
    assert [photo.name for photo in content.photos] == [r"caf\xe9.jpg", "img_9.jpg", "IMG_9a.jpg", "IMG_10.jpg"]


def test_each_photograph_says_in_words_what_its_caption_shows() -> None:
    model = GalleryModel()
    model.set_content(arrange([cluster(1, 3, ClusterKind.NEAR)]))
    spoken = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken[2] == "IMG_00003.jpg, 3 of 3, Near duplicates, best"
    assert spoken[0] == "IMG_00001.jpg, 1 of 3, Near duplicates, rank 3 of 3"


def test_a_set_that_is_kept_whole_is_not_ranked_and_frees_nothing() -> None:
    content = arrange([cluster(1, 3, ClusterKind.FOCUS_STACK), cluster(9, 2, ClusterKind.NEAR, seconds=100)])
    assert [photo.rank for photo in content.photos[:3]] == [0, 0, 0]
    assert sorted(photo.rank for photo in content.photos[3:]) == [1, 2]
    assert content.freed == content.clusters[1].freed > 0
    model = GalleryModel()
    model.set_content(content)
    assert "Focus stack, kept whole" in str(model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole))


def test_the_best_alone_says_how_sure_it_is_or_who_chose_it() -> None:
    sure = replace(cluster(1, 2, seconds=0), confidence=Confidence.HIGH)
    chosen = replace(sure, choice=Choice(sure.members[0].sha256, sure.members[0].path, Source.PERSON, 0))
    for one, words in ((sure, "high confidence"), (chosen, "chosen by you")):
        model = GalleryModel()
        model.set_content(arrange([one]))
        spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
        assert spoken == ["IMG_00001.jpg, 1 of 2, Burst, rank 2 of 2", f"IMG_00002.jpg, 2 of 2, Burst, best, {words}"]


def test_a_photograph_says_in_words_which_files_go_along() -> None:
    lone, together = cluster(1, 2, seconds=0).members
    companions = (
        Companion("/photos/IMG_00001.NEF", CompanionKind.RAW, 2_000_000),
        Companion("/photos/IMG_00001.NEF.xmp", CompanionKind.SIDECAR, 500_000),
        Companion("/photos/IMG_00001.WAV", CompanionKind.SOUND, 500_000),
        Companion("/photos/IMG_00001.xmp", CompanionKind.SIDECAR),
    )
    model = GalleryModel()
    pair = Cluster("c", ClusterKind.NEAR, (lone, replace(together, companions=companions)), 0, 0)
    model.set_content(arrange([pair]))
    first = model.index(0, 0)
    named = QLocale().createSeparatedList(["RAW", "XMP", "sound"])
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"IMG_00001.jpg, 1 of 2, Near duplicates, rank 2 of 2, with {named}"
    assert first.data(Qt.ItemDataRole.ToolTipRole) == f"/photos/IMG_00001.jpg\nwith {named}"
    assert "\n" not in model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert model.content.freed == 4_000_001  # the best is the other one
