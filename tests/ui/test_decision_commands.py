"""What a person decides in the gallery, on real photographs and a real catalogue: by keys, undone and done again."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QItemSelectionModel, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.companions import Companion, CompanionKind
from app.domain.decisions import DecidedFile, Decision, Scope
from app.domain.steps import Step, StepKind
from app.services import deciding, proposing, steps
from app.ui import decision_words
from app.ui.bulk_sheet import BulkSheet
from app.ui.gallery_delegate import header_parts
from app.ui.gallery_model import GalleryModel, arrange
from app.ui.gallery_view import GalleryView
from app.ui.marks import mark_of
from app.ui.reject_all_dialog import RejectAllDialog
from tests.ui.factories import cluster
from tests.ui.test_story import BURST, PAIR, Story

Key, Modifier = Qt.Key, Qt.KeyboardModifier
Spoken = Qt.ItemDataRole.AccessibleTextRole
COPIES = {"olympus-e-10.jpg", "copy.jpg"}
_D = TypeVar("_D", bound=QDialog)
KEEP, REJECT, UNDECIDED = Decision.KEEP, Decision.REJECT, Decision.UNDECIDED


@pytest.fixture
def story(qtbot: QtBot, data_dir: Path, photos: Path, tmp_path: Path) -> Iterator[Story]:
    """A window in front with a burst, a pair and two exact copies; the keys are at its photographs."""
    folder = Path(shutil.copytree(photos, tmp_path / "holiday"))
    olympus = next(folder.rglob("olympus-e-10.jpg"))
    shutil.copy(olympus, olympus.parent / "copy.jpg")
    story = Story(qtbot, data_dir)
    with qtbot.waitActive(story.window):
        story.window.activateWindow()
    story.look_through(folder)
    story.wait(lambda: len(story.clusters()) == 3 and gallery_of(story).isVisible())
    gallery_of(story).setFocus()
    yield story
    story.close()


def gallery_of(story: Story) -> GalleryView:
    return story.window.clusters_page.gallery


def row_of(story: Story, name: str) -> int:
    photos = story.window.clusters_page.content().photos
    return next(row for row, photo in enumerate(photos) if photo.name == name)


def go_to(story: Story, name: str) -> None:
    # Not by the view, which would heed the keys that a test before pressed last.
    index, flag = gallery_of(story).model().index(row_of(story, name), 0), QItemSelectionModel.SelectionFlag
    gallery_of(story).selectionModel().setCurrentIndex(index, flag.ClearAndSelect)


def press(story: Story, key: Qt.Key, keys: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    QTest.keyClick(gallery_of(story), key, keys)


def decisions(story: Story) -> dict[str, Decision]:
    """Give what the gallery shows as decided."""
    return {
        member.name: one.decision(member)
        for one in story.clusters()
        for member in one.members
        if one.decision(member) is not UNDECIDED
    }


def kept(story: Story) -> dict[str, Decision]:
    """Give what the catalogue holds."""
    return {Path(one.path).name: one.decision for one in deciding.all_decisions(story.store, "holiday")}


def shows(story: Story, expected: dict[str, Decision]) -> Callable[[], bool]:
    return lambda: decisions(story) == expected and kept(story) == expected


def dialog(story: Story, kind: type[_D]) -> _D:
    story.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_p_keeps_x_rejects_and_u_takes_back_what_is_chosen_and_the_current_one_stays(story: Story) -> None:
    go_to(story, "IMG_3606.JPG")
    press(story, Key.Key_P)
    assert decisions(story) == {"IMG_3606.JPG": KEEP}  # shown at once
    story.wait(shows(story, {"IMG_3606.JPG": KEEP}))
    assert gallery_of(story).currentIndex().data() == "IMG_3606.JPG"
    go_to(story, "IMG_3607.JPG")
    press(story, Key.Key_Right, Modifier.ShiftModifier)
    press(story, Key.Key_X)
    two = {"IMG_3607.JPG": REJECT, "IMG_3608.JPG": REJECT}
    story.wait(shows(story, {"IMG_3606.JPG": KEEP} | two))
    assert len(gallery_of(story).chosen()) == 2
    go_to(story, "IMG_3606.JPG")
    press(story, Key.Key_U)
    story.wait(shows(story, two))


def test_delete_rejects_and_no_longer_and_touches_no_file(story: Story, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    go_to(story, "IMG_3607.JPG")
    press(story, Key.Key_Delete)
    story.wait(shows(story, {"IMG_3607.JPG": REJECT}))
    for _ in range(4):  # faster than the catalogue answers
        press(story, Key.Key_Delete)
    press(story, Key.Key_Delete)
    assert decisions(story) == {}
    story.wait(shows(story, {}))
    assert sorted(tmp_path.rglob("*")) == before


def test_shift_p_keeps_one_rejects_the_rest_and_goes_to_the_next_cluster(story: Story) -> None:
    place = {one.object_id: at for at, one in enumerate(story.clusters())}
    burst = next(one for one in story.clusters() if {member.name for member in one.members} == BURST)
    go_to(story, "IMG_3608.JPG")
    press(story, Key.Key_P, Modifier.ShiftModifier)
    content = story.window.clusters_page.content()
    following = place[burst.object_id] + 1
    assert content.photos[gallery_of(story).currentIndex().row()].group == following
    story.wait(shows(story, {name: KEEP if name == "IMG_3608.JPG" else REJECT for name in BURST}))
    assert gallery_of(story).chosen() == [int(content.starts[following])]
    after = next(one for one in story.clusters() if one.object_id == burst.object_id)
    assert "1 kept, 3 rejected" in [text for _, text in header_parts(after)]


def test_a_rejection_that_would_leave_nothing_is_refused_in_the_notice_and_nothing_changes(story: Story) -> None:
    for name in sorted(BURST):
        go_to(story, name)
        press(story, Key.Key_X)
    said = "That would reject all 4 photos of this cluster. Keep one, or use Reject all… in the menu Cluster."
    story.wait(lambda: story.window.notice.text() == said)
    assert QApplication.activeModalWidget() is None
    story.wait(shows(story, dict.fromkeys(sorted(BURST)[:-1], REJECT)))


def test_only_its_own_dialog_rejects_a_whole_cluster_and_enter_alone_does_not(story: Story) -> None:
    go_to(story, "ae_0.JPG")
    story.window.commands.reject_all.trigger()
    asked = dialog(story, RejectAllDialog)
    assert "reject all 2 photos?" in asked.accessibleDescription()
    QTest.keyClick(asked, Key.Key_Return)
    story.wait(lambda: QApplication.activeModalWidget() is None)
    assert kept(story) == {}
    story.window.commands.reject_all.trigger()
    dialog(story, RejectAllDialog).reject_button.click()
    story.wait(shows(story, dict.fromkeys(PAIR, REJECT)))


def test_accept_decides_as_is_proposed_and_is_not_offered_where_a_person_decided(story: Story) -> None:
    accept = story.window.commands.accept
    go_to(story, "IMG_3606.JPG")
    ids = [one.object_id for one in story.clusters() if "IMG_3606.JPG" in {member.name for member in one.members}]
    (proposed,) = proposing.suggest(story.store, ids)
    names = {Path(path).name for path in proposed.kept}
    press(story, Key.Key_A)
    story.wait(shows(story, {name: KEEP if name in names else REJECT for name in BURST}))
    story.wait(lambda: not accept.isEnabled())
    assert accept.toolTip() == "You decided in this cluster already; Undecide all comes first"
    story.window.commands.undecide_all.trigger()
    story.wait(shows(story, {}))
    story.window.commands.keep_all.trigger()
    story.wait(shows(story, dict.fromkeys(BURST, KEEP)))


def test_what_is_proposed_is_spoken_until_something_is_decided_in_the_cluster(story: Story) -> None:
    go_to(story, "IMG_3606.JPG")

    def spoken() -> list[str]:
        model = gallery_of(story).model()
        return [str(model.index(row_of(story, name), 0).data(Spoken)) for name in sorted(BURST)]

    story.wait(lambda: any("proposed to keep" in text for text in spoken()))
    press(story, Key.Key_X)
    story.wait(lambda: spoken()[0].endswith(", rejected") or ", rejected" in spoken()[0])
    assert not any("proposed to keep" in text for text in spoken())


def test_undo_and_redo_go_to_any_depth_under_their_names(story: Story) -> None:
    commands = story.window.commands
    go_to(story, "IMG_3606.JPG")
    press(story, Key.Key_P)
    story.wait(lambda: commands.undo.text() == "&Undo: keep 1 photo")
    press(story, Key.Key_Right)
    press(story, Key.Key_Right, Modifier.ShiftModifier)
    press(story, Key.Key_X)
    story.wait(lambda: commands.undo.text() == "&Undo: reject 2 photos")
    press(story, Key.Key_Z, Modifier.ControlModifier)
    story.wait(lambda: commands.undo.text() == "&Undo: keep 1 photo")
    assert commands.redo.text() == "&Redo: reject 2 photos"
    assert story.window.notice.text() == "Undone: reject 2 photos. Ctrl+Shift+Z does it again."
    press(story, Key.Key_Z, Modifier.ControlModifier)
    story.wait(shows(story, {}))
    story.wait(lambda: not commands.undo.isEnabled())
    for text in ("&Redo: keep 1 photo", "&Redo: reject 2 photos"):
        story.wait(lambda text=text: commands.redo.text() == text)  # type: ignore[misc]
        press(story, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    story.wait(shows(story, {"IMG_3606.JPG": KEEP, "IMG_3607.JPG": REJECT, "IMG_3608.JPG": REJECT}))
    story.wait(lambda: not commands.redo.isEnabled())


def test_a_decision_of_the_last_start_can_be_undone_in_this_one(qtbot: QtBot, data_dir: Path, story: Story) -> None:
    go_to(story, "IMG_3606.JPG")
    press(story, Key.Key_P)
    story.wait(shows(story, {"IMG_3606.JPG": KEEP}))
    story.close()
    again = Story(qtbot, data_dir)
    again.window.show_dataset("holiday")
    again.wait(lambda: again.window.commands.undo.text() == "&Undo: keep 1 photo")
    again.window.commands.undo.trigger()
    again.wait(shows(again, {}))
    again.close()


def test_the_later_of_a_decision_and_a_correction_is_taken_back_first(story: Story) -> None:
    commands = story.window.commands
    go_to(story, "IMG_3606.JPG")
    press(story, Key.Key_P)
    story.wait(lambda: commands.undo.text() == "&Undo: keep 1 photo")
    go_to(story, "ae_0.JPG")
    press(story, Key.Key_N)
    story.wait(lambda: commands.undo.text() == "&Undo: 2 photos are not similar")
    go_to(story, "IMG_3607.JPG")
    press(story, Key.Key_X)
    for text in ("&Undo: reject 1 photo", "&Undo: 2 photos are not similar", "&Undo: keep 1 photo"):
        story.wait(lambda text=text: commands.undo.text() == text)  # type: ignore[misc]
        press(story, Key.Key_Z, Modifier.ControlModifier)
    story.wait(lambda: not commands.undo.isEnabled())
    story.wait(shows(story, {}))


def test_undo_of_a_move_asks_for_its_restore_and_changes_no_decision(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Step(7, StepKind.APPLY, 4, 1, 0, deletion_id=3)
    wanted: list[int] = []
    story.window.cluster_commands.decisions.restore_wanted.connect(wanted.append)
    history = steps.history
    monkeypatch.setattr(steps, "history", lambda store, name: replace(history(store, name), undo=moved))
    go_to(story, "IMG_3606.JPG")
    press(story, Key.Key_P)
    story.wait(lambda: story.window.commands.undo.text() == "&Undo: move 4 photos away")
    press(story, Key.Key_Z, Modifier.ControlModifier)
    assert wanted == [3]
    assert kept(story) == {"IMG_3606.JPG": KEEP}


def test_all_exact_copies_are_accepted_after_a_look_in_one_step_of_undo(story: Story) -> None:
    commands = story.window.commands
    story.wait(lambda: commands.accept_copies.text() == "Accept all e&xact copies (1 cluster)…")
    commands.accept_copies.trigger()
    sheet = dialog(story, BulkSheet)
    story.wait(sheet.act.isEnabled)
    assert sheet.act.text() == "Accept 1 cluster, reject 1 photo"
    assert sheet.totals.text().startswith("1 cluster: 1 photo kept, 1 photo rejected, ")
    QTest.keyClick(sheet, Key.Key_Return)
    story.wait(lambda: QApplication.activeModalWidget() is None)
    assert kept(story) == {}
    commands.accept_copies.trigger()
    sheet = dialog(story, BulkSheet)
    story.wait(sheet.act.isEnabled)
    sheet.act.click()
    story.wait(lambda: set(decisions(story)) == COPIES and sorted(decisions(story).values()) == [KEEP, REJECT])
    story.wait(lambda: commands.undo.text() == "&Undo: accept 1 cluster of exact copies")
    assert not commands.accept_copies.isEnabled()
    commands.undo.trigger()
    story.wait(shows(story, {}))


def test_letters_are_those_of_an_open_menu_and_decide_nothing_behind_it(story: Story) -> None:
    go_to(story, "IMG_3606.JPG")
    QTest.keyClick(story.window, Key.Key_V, Modifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Key.Key_X)
    QTest.keyClick(menu, Key.Key_Escape)
    gallery_of(story).setFocus()
    go_to(story, "IMG_3607.JPG")
    press(story, Key.Key_P)
    story.wait(shows(story, {"IMG_3607.JPG": KEEP}))


def test_photographs_that_came_back_are_told_and_chosen_by_review(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned = [photo.file for photo in story.window.clusters_page.content().photos if photo.name in PAIR]
    monkeypatch.setattr("app.services.deletions.returned_files", lambda _store, _name: returned)
    go_to(story, "IMG_3606.JPG")
    bar = story.window.clusters_page.returned
    assert not bar.isVisible()
    press(story, Key.Key_P)
    story.wait(bar.isVisible)
    assert bar.text.toolTip() == "2 photos that you rejected before are back"
    bar.review.click()
    chosen = {story.window.clusters_page.content().photos[row].name for row in gallery_of(story).chosen()}
    assert chosen == PAIR
    assert gallery_of(story).hasFocus()


def test_no_two_commands_have_one_key_and_no_two_of_the_photos_menu_one_letter(story: Story) -> None:
    commands = story.window.commands
    keys = [key.toString() for action in commands.all() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    menu = [*commands.of_photo(), *commands.of_decided_cluster(), *commands.of_cluster()]
    letters = [action.text()[action.text().index("&") + 1].casefold() for action in menu]
    assert len(letters) == len(set(letters))


def test_parts_of_a_photograph_are_offered_only_where_it_has_a_raw_file(story: Story) -> None:
    commands, page = story.window.commands, story.window.clusters_page
    go_to(story, "IMG_3606.JPG")
    assert not commands.reject_raw.isEnabled()
    assert not commands.reject_rendering.isEnabled()
    raw = (Companion("/photos/IMG_3606.NEF", CompanionKind.RAW, 2_000_000),)
    burst = next(one for one in story.clusters() if {member.name for member in one.members} == BURST)
    paired = replace(burst, members=tuple(replace(member, companions=raw) for member in burst.members))
    page._model.set_content(arrange([paired]))
    gallery_of(story).setCurrentIndex(gallery_of(story).model().index(0, 0))
    assert commands.reject_raw.isEnabled()
    assert commands.reject_rendering.isEnabled()


def test_a_decision_is_spoken_and_a_part_of_a_photograph_by_its_name() -> None:
    burst = cluster(1, 4)
    wanted = [(KEEP, Scope.WHOLE), (REJECT, Scope.WHOLE), (REJECT, Scope.RAW)]
    decided = {
        member.path: DecidedFile(member.sha256, member.path, decision, 0, scope)
        for member, (decision, scope) in zip(burst.members, wanted, strict=False)
    }
    model = GalleryModel()
    model.proposed = {burst.object_id: frozenset({burst.members[3].path})}
    model.set_content(arrange([replace(burst, decided=decided)]))
    spoken = {str(model.index(row, 0).data()): str(model.index(row, 0).data(Spoken)) for row in range(4)}
    ends = [spoken[member.name] for member in burst.members]
    assert ends[0].endswith(", kept")
    assert ends[1].endswith(", rejected")
    assert ends[2].endswith(", rejected: RAW only")
    assert "proposed" not in ends[3]  # a person began to decide
    assert mark_of(burst, burst.members[3], model.proposed).proposed
    assert decision_words.state(replace(burst, decided=decided)) == "1 kept, 1 rejected, 1 in part, 1 undecided"


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_kind_of_step_has_a_name_with_its_numbers(kind: StepKind) -> None:
    name = decision_words.step(Step(1, kind, 1200, 1300, 0))
    assert QLocale().toString(1200) in name or QLocale().toString(1300) in name
    assert "{" not in name
