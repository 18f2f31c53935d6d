"""Why the best of a cluster is the best, told in the window on real photographs, and overruled from there by keys."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.choices import Choice, Source
from app.domain.clusters import Cluster, ClusterKind
from app.domain.judgements import BALANCED, Confidence, Judgement, Part
from app.domain.opinions import MemberOpinion, Opinion
from app.domain.remarks import Ground, Remark
from app.errors import InvalidArgument
from app.services.choosing import all_choices
from app.services.opinions import opinion_of
from app.store import Store
from app.ui import opinion_commands, opinion_dialog, remark_words
from app.ui.framed_picture import FramedPicture, RemarkLines
from app.ui.gallery_delegate import header_parts
from app.ui.look import Look
from app.ui.members_view import MembersView
from app.ui.opinion_dialog import OpinionDialog
from app.ui.thumbnails import Thumbnails
from tests.ui.factories import cluster, photo
from tests.ui.test_correction_commands import gallery_of, go_to, story
from tests.ui.test_story import BURST, Story

__all__ = ["story"]
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale("en_US"))


def asked(story: Story, name: str = "IMG_3607.JPG") -> OpinionDialog:
    """Ask by the key, and wait for the answer."""
    go_to(story, name)
    QTest.keyClick(gallery_of(story), Key.Key_W)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, OpinionDialog)
    story.wait(lambda: dialog.members.current() is not None)
    return dialog


def order(dialog: OpinionDialog) -> list[str]:
    rows = dialog.members.rows
    return [str(rows.index(place, 0).data()) for place in range(rows.rowCount())]


def spoken(dialog: OpinionDialog, place: int) -> str:
    return str(dialog.members.rows.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def is_best(dialog: OpinionDialog, name: str) -> bool:
    return order(dialog)[0] == name and not dialog.best.isEnabled()


def best_of_burst(story: Story) -> Cluster:
    return next(one for one in story.clusters() if {member.name for member in one.members} == BURST)


def opinion(kind: ClusterKind = ClusterKind.BURST, confidence: Confidence | None = Confidence.HIGH) -> Opinion:
    found = replace(cluster(1, 3, kind), confidence=confidence)
    members = tuple(
        MemberOpinion(file, Judgement({Part.SHARPNESS: 1.0, Part.EXPOSURE: 0.5}), (), place < 2)
        for place, file in enumerate(found.members)
    )
    return Opinion(found, BALANCED.weights, confidence, members)


def test_w_tells_of_each_member_why_it_stands_where_it_does(story: Story) -> None:
    dialog = asked(story)
    story.wait(lambda: order(dialog) == [member.name for member in best_of_burst(story).members])
    assert dialog.title.text() == "Burst"
    assert dialog.sentence.text().startswith("4 photos · ")
    assert ", Best, score " in spoken(dialog, 0)
    assert ", Best" not in spoken(dialog, 1)
    row = dialog.members.current()
    assert row is not None
    assert row.opinion.file.name == "IMG_3607.JPG"
    assert dialog.remarks.lines[0].accessibleName() == remark_words.said(row.opinion.remarks[0])
    assert "Sharpness" in dialog.parts.text()


def test_the_remark_that_has_the_keys_is_framed_in_the_photograph(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    regions = ((0.25, 0.25, 0.5, 0.5),)

    def soft(store: Store, object_id: str) -> Opinion:
        found = opinion_of(store, object_id)
        remarks = (Remark(Ground.SOFTER, regions=regions), Remark(Ground.NOISIER))
        return replace(found, members=tuple(replace(member, remarks=remarks) for member in found.members))

    monkeypatch.setattr(opinion_dialog, "opinion_of", soft)
    dialog = asked(story)
    assert (dialog.members.hasFocus(), dialog.picture.regions()) == (True, ())
    framed = []
    for _ in range(3):
        QTest.keyClick(dialog.focusWidget(), Key.Key_Tab)
        framed.append(dialog.picture.regions())
    assert framed == [regions, (), ()]
    assert dialog.remarks.lines[0].accessibleDescription() == "Shown by a frame in the photo"


def test_another_is_chosen_by_keys_and_taken_back_there(story: Story) -> None:
    dialog = asked(story)
    before = order(dialog)
    other = before[-1]
    dialog.members.setCurrentIndex(dialog.members.rows.index(before.index(other), 0))
    assert dialog.take_back.isHidden()
    QTest.keyClick(dialog, Key.Key_B, Modifier.AltModifier)
    story.wait(lambda: order(dialog)[0] == other)
    assert dialog.sentence.text() == "4 photos · Chosen by you"
    assert "chosen by you" in spoken(dialog, 0)
    assert not dialog.best.isEnabled()
    story.wait(lambda: "chosen by you" in [text for _, text in header_parts(best_of_burst(story))])
    QTest.keyClick(dialog, Key.Key_Z, Modifier.ControlModifier)
    story.wait(lambda: order(dialog) == before)
    assert all_choices(story.store, "holiday") == []
    assert not story.window.commands.undo.isEnabled()


def test_control_z_in_the_window_brings_back_the_choice_before(story: Story) -> None:
    dialog = asked(story)
    for name in ("IMG_3606.JPG", "IMG_3607.JPG"):
        dialog.members.setCurrentIndex(dialog.members.rows.index(order(dialog).index(name), 0))
        QTest.keyClick(dialog, Key.Key_B, Modifier.AltModifier)
        story.wait(partial(is_best, dialog, name))
    dialog.close()
    story.wait(lambda: QApplication.activeModalWidget() is None)
    assert story.window.notice.text() == "IMG_3607.JPG is the best. Ctrl+Z takes it back."
    undo = story.window.commands.undo
    assert undo.text() == "&Undo: IMG_3607.JPG is the best"
    undo.trigger()
    story.wait(lambda: [one.path.endswith("IMG_3606.JPG") for one in all_choices(story.store, "holiday")] == [True])
    undo.trigger()
    story.wait(lambda: all_choices(story.store, "holiday") == [])
    assert not undo.isEnabled()


def test_a_cluster_that_was_grouped_anew_meanwhile_is_said_to_be_gone(story: Story) -> None:
    dialog = asked(story)
    story.window.commands.not_similar.trigger()
    story.wait(lambda: dialog.title.text() == "This cluster is gone")
    assert not dialog.best.isEnabled()


def test_what_cannot_be_told_is_said(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Opinion:
        raise InvalidArgument("The catalogue is away.")

    monkeypatch.setattr(opinion_dialog, "opinion_of", fail)
    go_to(story, "IMG_3607.JPG")
    QTest.keyClick(gallery_of(story), Key.Key_W)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, OpinionDialog)
    story.wait(lambda: dialog.sentence.text() == "The catalogue is away.")
    assert dialog.title.text() == "That cannot be told"
    assert not dialog.best.isEnabled()


def test_a_choice_that_fails_is_said_and_can_be_tried_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Choice:
        raise InvalidArgument("The catalogue is locked.")

    dialog = asked(story)
    monkeypatch.setattr(opinion_commands, "choose", fail)
    QTest.mouseClick(dialog.best, Qt.MouseButton.LeftButton)
    story.wait(lambda: dialog.sentence.text() == "The catalogue is locked.")
    assert dialog.best.isEnabled()
    assert dialog.title.text() == "Burst"


def test_a_dialog_that_is_closed_before_its_answer_is_left_alone(story: Story) -> None:
    go_to(story, "IMG_3607.JPG")
    QTest.keyClick(gallery_of(story), Key.Key_W)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, OpinionDialog)
    dialog.close()
    story.wait(lambda: QApplication.activeModalWidget() is None)
    QTest.qWait(500)


def test_a_set_that_is_kept_whole_has_no_best(look: Look, thumbnails: Thumbnails, qtbot: QtBot) -> None:
    view = MembersView(look, thumbnails)
    qtbot.addWidget(view)
    bracket = opinion(ClusterKind.BRACKET, None)
    view.show_opinion(bracket)
    assert [row.best for row in view.rows.rows] == [False] * 3  # type: ignore[attr-defined]
    assert "score" not in str(view.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert remark_words.head(bracket) == "3 photos · Kept whole: nothing is ranked"


def test_a_member_that_is_kept_beside_the_best_says_so_in_a_word(
    look: Look, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    view = MembersView(look, thumbnails)
    qtbot.addWidget(view)
    view.resize(440, 400)
    view.show_opinion(opinion())
    view.show()
    badges = [[cell.text for cell in row.cells[1:2]] for row in view.rows.rows]
    assert badges == [["Best"], ["Keep"], []]
    assert not view.grab().isNull()


def test_a_region_lies_on_the_picture_wherever_that_lies(look: Look, qtbot: QtBot) -> None:
    picture = FramedPicture(look)
    qtbot.addWidget(picture)
    picture.resize(200, 200)
    pixmap = QPixmap(QSize(100, 50))
    pixmap.fill(look.color("sunken"))
    picture.show_picture(pixmap, "one.jpg")
    plain = picture.grab().toImage()
    picture.show_regions([(0.5, 0.5, 0.5, 0.5)])
    framed = picture.grab().toImage()
    assert (picture.place().width(), picture.place().height()) == (200, 100)
    changed = [(x, y) for x in range(200) for y in range(200) if plain.pixel(x, y) != framed.pixel(x, y)]
    assert min(x for x, _ in changed) in range(97, 101)
    assert min(y for _, y in changed) in range(97, 101)


def test_a_place_without_a_remark_takes_no_keys(look: Look, qtbot: QtBot) -> None:
    lines = RemarkLines(look)
    qtbot.addWidget(lines)
    lines.show_remarks([Remark(Ground.SOFTER)])
    assert [line.focusPolicy() for line in lines.lines] == [
        Qt.FocusPolicy.TabFocus,
        Qt.FocusPolicy.NoFocus,
        Qt.FocusPolicy.NoFocus,
    ]


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("count", [1, 2])
def test_every_remark_is_a_short_phrase(ground: Ground, count: int) -> None:
    text = remark_words.said(Remark(ground, count=count, of=3, value=0.4, other=2))
    assert text
    assert "{" not in text
    assert len(text) <= 60


def test_one_and_many_people_have_their_own_words() -> None:
    assert remark_words.said(Remark(Ground.EYES_CLOSED, 1, 3)) == "1 of 3 has closed eyes"
    assert remark_words.said(Remark(Ground.EYES_CLOSED, 2, 3)) == "2 of 3 have closed eyes"
    assert remark_words.said(Remark(Ground.BURNT, value=0.004)) == "Bright parts without detail: 1 % of the photo"


def test_confidence_is_a_word_and_a_choice_comes_before_it() -> None:
    low = replace(cluster(1, 2), confidence=Confidence.LOW)
    assert [text for _, text in header_parts(low)][2] == "low confidence"
    assert remark_words.confidence(Confidence.LOW) == "Low confidence: look yourself"
    digest = photo(1).sha256
    chosen = replace(low, choice=Choice(digest, "/photos/one.jpg", Source.LADDER, 0, "keep edited"))
    assert remark_words.standing(chosen) == "chosen by the ladder Keep edited"
    assert remark_words.standing(replace(low, confidence=None)) == ""
