"""What a person decides in the gallery, by keys; what it shows, and how it is taken back and done again."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.decisions import Decision
from app.services.deciding import all_decisions
from tests.ui.test_correction_commands import gallery_of, go_to
from tests.ui.test_story import BURST, Story

Key, Modifier = Qt.Key, Qt.KeyboardModifier
FIRST, SECOND = sorted(BURST)[:2]


@pytest.fixture
def story(qtbot: QtBot, data_dir: Path, photos: Path, tmp_path: Path) -> Iterator[Story]:
    """A window in front with two clusters; the keys are at its photographs."""
    story = Story(qtbot, data_dir)
    with qtbot.waitActive(story.window):
        story.window.activateWindow()
    story.look_through(Path(shutil.copytree(photos, tmp_path / "holiday")))
    story.wait(lambda: len(story.clusters()) == 2 and gallery_of(story).isVisible())
    gallery_of(story).setFocus()
    yield story
    story.close()


def decided(story: Story) -> dict[str, Decision]:
    """Give what the catalogue has, by the names of the photographs."""
    return {Path(one.path).name: one.decision for one in all_decisions(story.store, "holiday")}


def shown(story: Story) -> dict[str, Decision]:
    """Give what the gallery shows; nothing of what is undecided."""
    page = story.window.clusters_page
    content = page.content()
    found = {photo.name: content.clusters[photo.group].decision(photo.file) for photo in content.photos}
    return {name: decision for name, decision in found.items() if decision is not Decision.UNDECIDED}


def has_decided(story: Story, count: int) -> bool:
    return len(decided(story)) == count


def press(story: Story, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    QTest.keyClick(gallery_of(story), key, modifier)


def test_p_x_and_u_decide_and_the_gallery_shows_it_at_once(story: Story) -> None:
    go_to(story, FIRST)
    press(story, Key.Key_P)
    assert shown(story) == {FIRST: Decision.KEEP}
    go_to(story, SECOND)
    press(story, Key.Key_X)
    assert shown(story) == {FIRST: Decision.KEEP, SECOND: Decision.REJECT}
    story.wait(lambda: decided(story) == {FIRST: Decision.KEEP, SECOND: Decision.REJECT})
    press(story, Key.Key_U)
    story.wait(lambda: decided(story) == {FIRST: Decision.KEEP} == shown(story))


def test_delete_rejects_and_takes_that_back_and_never_touches_a_file(story: Story, tmp_path: Path) -> None:
    before = sorted(path for path in (tmp_path / "holiday").rglob("*"))
    go_to(story, FIRST)
    press(story, Key.Key_Delete)
    story.wait(lambda: decided(story) == {FIRST: Decision.REJECT})
    press(story, Key.Key_Delete)
    story.wait(lambda: decided(story) == {} == shown(story))
    assert sorted((tmp_path / "holiday").rglob("*")) == before


def test_shift_p_keeps_one_rejects_the_rest_and_goes_on(story: Story) -> None:
    first = story.window.clusters_page.content().photos[0].name
    go_to(story, first)
    cluster = story.window.clusters_page.content().clusters[0]
    press(story, Key.Key_P, Modifier.ShiftModifier)
    assert gallery_of(story).currentIndex().row() == len(cluster.members)
    story.wait(lambda: len(decided(story)) == len(cluster.members))
    assert [name for name, one in decided(story).items() if one is Decision.KEEP] == [first]


def test_control_z_and_shift_control_z_walk_through_the_steps_by_their_names(story: Story) -> None:
    undo, redo = story.window.commands.undo, story.window.commands.redo
    go_to(story, FIRST)
    press(story, Key.Key_P)
    story.wait(lambda: undo.text() == "&Undo: keep 1 photo")
    press(story, Key.Key_X)
    story.wait(lambda: undo.text() == "&Undo: reject 1 photo")
    press(story, Key.Key_Z, Modifier.ControlModifier)
    story.wait(lambda: shown(story) == {FIRST: Decision.KEEP} and redo.text() == "&Redo: reject 1 photo")
    press(story, Key.Key_Z, Modifier.ControlModifier)
    story.wait(lambda: shown(story) == {} and not undo.isEnabled())
    press(story, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    story.wait(lambda: shown(story) == {FIRST: Decision.KEEP})


def test_what_was_said_last_is_taken_back_first(story: Story) -> None:
    go_to(story, FIRST)
    press(story, Key.Key_P)
    story.wait(lambda: story.window.commands.undo.text() == "&Undo: keep 1 photo")
    go_to(story, "ae_0.JPG")
    press(story, Key.Key_N)
    story.wait(lambda: story.window.commands.undo.text() == "&Undo: 2 photos are not similar")
    press(story, Key.Key_Z, Modifier.ControlModifier)
    story.wait(lambda: story.window.commands.undo.text() == "&Undo: keep 1 photo")


def test_the_last_of_a_cluster_cannot_be_rejected_by_a_key(story: Story) -> None:
    for name in sorted(BURST):
        go_to(story, name)
        press(story, Key.Key_X)
    story.wait(lambda: "reject all 4 photographs" in story.window.notice.text())
    assert len(decided(story)) == len(BURST) - 1
    assert len(shown(story)) == len(BURST) - 1


def test_a_whole_cluster_is_rejected_only_by_an_answer_to_a_question(story: Story) -> None:
    go_to(story, FIRST)
    for button, count in ((QMessageBox.ButtonRole.RejectRole, 0), (QMessageBox.ButtonRole.AcceptRole, len(BURST))):
        story.window.commands.reject_all.trigger()
        box = story.window.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
        assert "4 photos" in box.text()
        next(one for one in box.buttons() if box.buttonRole(one) == button).click()
        story.wait(partial(has_decided, story, count))
        story.wait(lambda: story.window.findChild(QMessageBox) is None)


def test_a_accepts_what_is_proposed(story: Story) -> None:
    go_to(story, FIRST)
    press(story, Key.Key_A)
    story.wait(lambda: sorted(decided(story).values()) == [Decision.KEEP, *[Decision.REJECT] * (len(BURST) - 1)])
    page = story.window.clusters_page
    story.wait(lambda: len(shown(story)) == len(BURST))
    best = next(photo for photo in page.content().photos if photo.rank == 1 and photo.name in BURST)
    assert decided(story)[best.name] is Decision.KEEP


def test_a_screen_reader_says_what_was_decided(story: Story) -> None:
    go_to(story, FIRST)
    press(story, Key.Key_X)
    spoken = gallery_of(story).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "rejected" in spoken
