"""How alike photographs of a cluster are, set in the window on real photographs, by keys and by the mouse."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSlider
from pytestqt.qtbot import QtBot

from app.contract.requests import GetDataset
from app.domain.pairs import AS_USUAL, DEFAULT, LOOSE, STRICT, Alikeness, Pair, Relation
from app.errors import InvalidArgument
from app.services.alikeness import set_alikeness
from app.services.datasets import get_dataset
from app.store import Store
from app.ui import regrouping
from app.ui.alikeness_panel import AlikenessPanel
from app.ui.regrouping import Regrouped, Regrouping
from tests.ui.test_correction_commands import gallery_of, go_to, is_shown
from tests.ui.test_story import BURST, PAIR, Story

Key, Modifier = Qt.Key, Qt.KeyboardModifier
FAINT = 0.4


def relate(store: Store, clusters: tuple[tuple[bytes, ...], tuple[bytes, ...]], strength: float) -> None:
    """Put evidence between all pictures of two clusters."""
    with store.write() as work:
        dataset_id = work.datasets.id_of("holiday")
        ids = [[one.content_id for one in work.contents.of_digests(dataset_id, digests)] for digests in clusters]
        work.pairs.put(
            Pair(min(one, other), max(one, other), Relation.EDITED, strength, 60) for one in ids[0] for other in ids[1]
        )


@pytest.fixture
def story(qtbot: QtBot, data_dir: Path, photos: Path, tmp_path: Path) -> Iterator[Story]:
    """A window in front with two clusters that are faintly alike; the keys are at its photographs."""
    story = Story(qtbot, data_dir)
    with qtbot.waitActive(story.window):
        story.window.activateWindow()
    story.look_through(Path(shutil.copytree(photos, tmp_path / "holiday")))
    story.wait(lambda: len(story.clusters()) == 2 and gallery_of(story).isVisible())
    first, second = (tuple(member.sha256 for member in cluster.members) for cluster in story.clusters())
    relate(story.store, (first, second), FAINT)
    gallery_of(story).setFocus()
    yield story
    story.close()


def panel_of(story: Story) -> AlikenessPanel:
    return story.window.clusters_page.panel


def kept(story: Story) -> Alikeness:
    return get_dataset(story.store, GetDataset(dataset_name="holiday")).alikeness


def press(key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def open_panel(story: Story) -> AlikenessPanel:
    QTest.keyClick(story.window, Key.Key_L, Modifier.ControlModifier)
    return panel_of(story)


def test_the_arrow_keys_make_one_cluster_of_two_and_none_of_all(story: Story) -> None:
    panel = open_panel(story)
    assert (panel.isVisible(), panel.slider.hasFocus(), panel.count.text()) == (True, True, "2 clusters · 6 photos")
    press(Key.Key_Left)
    assert (panel.number.text(), panel.count.text()) == ("0.45", "Regrouping…")
    press(Key.Key_Left, 2)
    assert panel.number.text() == "0.35 Loose"
    story.wait(is_shown(story, BURST | PAIR))
    story.wait(lambda: panel.count.text() == "1 cluster · 6 photos")
    assert kept(story) == Alikeness(LOOSE)
    press(Key.Key_End)
    story.wait(is_shown(story))
    assert story.window.clusters_page.empty.isVisible()
    story.wait(lambda: panel.count.text() == "0 clusters · 0 photos")
    assert kept(story) == Alikeness(1.0)


def test_back_to_default_takes_all_of_it_back(story: Story) -> None:
    panel = open_panel(story)
    assert not panel.back.isEnabled()
    panel.slider.setValue(40)
    panel.across_folders.setFocus()
    press(Key.Key_Space)
    story.wait(lambda: kept(story) == Alikeness(FAINT, across_folders=True))
    panel.back.setFocus()
    press(Key.Key_Space)
    story.wait(lambda: kept(story) == AS_USUAL)
    story.wait(is_shown(story, BURST, PAIR))
    assert (panel.slider.value(), panel.across_folders.isChecked()) == (50, False)


def test_the_boxes_leave_out_bursts_and_what_lies_in_one_folder(story: Story) -> None:
    panel = open_panel(story)
    for box, setting, left in (
        (panel.copies_only, Alikeness(copies_only=True), [PAIR]),
        (panel.across_folders, Alikeness(across_folders=True), []),
    ):
        box.setFocus()
        press(Key.Key_Space)
        story.wait(is_shown(story, *left))
        assert kept(story) == setting
        press(Key.Key_Space)
        story.wait(is_shown(story, BURST, PAIR))
        assert kept(story) == AS_USUAL


def test_regroupings_follow_one_another_and_the_last_value_wins(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work, together, done = threading.Lock(), [], []

    def watched(store: Store, name: str, alikeness: Alikeness) -> None:
        together.append(not at_work.acquire(blocking=False))
        sleep(0.05)
        set_alikeness(store, name, alikeness)
        done.append(alikeness.strength)
        at_work.release()

    monkeypatch.setattr(regrouping, "set_alikeness", watched)
    panel = open_panel(story)
    for value in range(49, 29, -1):
        panel.slider.setValue(value)
    story.wait(lambda: panel.count.text() == "1 cluster · 6 photos")
    story.wait(lambda: not story.window.clusters_page.alikeness.regrouping.is_under_way("holiday"))
    assert done == [0.49, 0.3]
    assert not any(together)
    assert kept(story) == Alikeness(0.3)
    assert panel.slider.value() == 30


def test_one_that_fails_is_told_and_the_panel_shows_what_holds(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_store: Store, _name: str, _alikeness: Alikeness) -> None:
        raise InvalidArgument("The disk is full.")

    panel = open_panel(story)
    with monkeypatch.context() as patch:
        patch.setattr(regrouping, "set_alikeness", fail)
        press(Key.Key_Left)
        story.wait(lambda: panel.slider.value() == 50)
    assert (story.window.notice.text(), panel.count.text()) == ("The disk is full.", "2 clusters · 6 photos")
    press(Key.Key_Left, 3)
    story.wait(is_shown(story, BURST | PAIR))


def test_a_failure_of_something_else_does_not_start_a_second_one(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, begun = threading.Event(), []

    def wait_first(store: Store, name: str, alikeness: Alikeness) -> None:
        begun.append(alikeness.strength)
        go_on.wait(20)
        set_alikeness(store, name, alikeness)

    monkeypatch.setattr(regrouping, "set_alikeness", wait_first)
    panel = open_panel(story)
    panel.slider.setValue(45)
    panel.slider.setValue(40)
    story.wait(lambda: begun == [0.45])
    story.desk.failed.emit(InvalidArgument("Another question."))
    QTest.qWait(100)
    assert begun == [0.45]
    go_on.set()
    story.wait(lambda: kept(story) == Alikeness(0.4))


def test_each_dataset_gets_its_own_last_value(qtbot: QtBot, story: Story) -> None:
    work = Regrouping(story.desk, story.window)
    ended: list[Regrouped] = []
    work.ended.connect(ended.append)
    for strength in (0.4, 0.45, 0.3):
        work.want("holiday", Alikeness(strength))
        work.want("nowhere", Alikeness(strength))
    qtbot.waitUntil(lambda: not work.is_under_way("holiday") and not work.is_under_way("nowhere"))
    assert [found.alikeness.strength for found in ended] == [0.4, 0.3]
    assert (ended[-1].dataset_name, ended[-1].clusters, ended[-1].photos) == ("holiday", 1, 6)


def test_escape_in_the_panel_closes_it_and_stays_on_the_page(story: Story) -> None:
    panel = open_panel(story)
    press(Key.Key_Escape)
    assert not panel.isVisible()
    assert story.window.frame.page() is story.window.clusters_page
    assert gallery_of(story).hasFocus()
    assert not story.window.commands.how_alike.isChecked()


def test_the_named_positions_are_under_the_knob_and_lead_there(story: Story) -> None:
    panel = open_panel(story)
    marks = {one.text(): one for one in panel.findChildren(QAbstractButton) if one.property("mark")}
    for name, strength in (("Strict", STRICT), ("Loose", LOOSE), ("Default", DEFAULT)):
        QTest.mouseClick(marks[name], Qt.MouseButton.LeftButton)
        assert panel.alikeness() == Alikeness(strength)
        middle = panel.slider.mapFrom(panel, marks[name].mapTo(panel, marks[name].rect().center())).x()
        assert abs(middle - panel.slider.place(panel.slider.value())) <= 1
    story.wait(lambda: kept(story) == AS_USUAL)


def test_it_follows_what_another_program_sets(story: Story) -> None:
    panel = open_panel(story)
    set_alikeness(story.store, "holiday", Alikeness(0.37, copies_only=True))
    story.wait(lambda: panel.alikeness() == Alikeness(0.37, copies_only=True))
    assert (panel.slider.value(), panel.copies_only.isChecked(), panel.number.text()) == (37, True, "0.37")


def test_what_a_person_said_stays(story: Story) -> None:
    go_to(story, "ae_0.JPG")
    QTest.keyClick(gallery_of(story), Key.Key_N)
    story.wait(is_shown(story, BURST))
    open_panel(story)
    press(Key.Key_Left, 3)
    story.wait(lambda: kept(story) == Alikeness(LOOSE))
    story.wait(lambda: len(story.shown()) == 1 and len(story.shown()[0]) == 5)
    assert not story.shown()[0] >= PAIR


def test_it_is_offered_where_the_photographs_are(story: Story) -> None:
    action = story.window.commands.how_alike
    assert action.isEnabled()
    story.window.show_tasks()
    assert (action.isEnabled(), action.toolTip()) == (False, "Open the clusters of a dataset first")


def test_every_control_says_what_it_is(story: Story) -> None:
    panel = open_panel(story)
    controls = [*panel.findChildren(QAbstractButton), *panel.findChildren(QSlider)]
    assert len(controls) == 8
    assert all((control.accessibleName() or getattr(control, "text", str)()) for control in controls)
    assert panel.slider.accessibleDescription() == "0.50 Default"
