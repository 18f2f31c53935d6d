"""Applying and taking back in the window, on real photographs: what is said before, meanwhile and afterwards."""

import csv
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.domain.decisions import Decision
from app.domain.deletions import End
from app.services.deciding import decide, keep_only
from app.services.deletions import all_deletions
from app.workers.trash import SystemTrash
from tests.ui.test_story import BURST, Story

Key, Modifier = Qt.Key, Qt.KeyboardModifier
KEPT = min(BURST)
GONE = BURST - {KEPT}


def reject_rest(story: Story) -> Path:
    """Keep the first of the burst alone; give its folder."""
    member = next(p for p in story.window.clusters_page.content().photos if p.name == KEPT).file
    keep_only(story.store, "holiday", member.path)
    story.wait(lambda: story.window.commands.apply.text() == f"&Apply ({len(GONE)})…")
    return Path(member.path).parent


def open_apply(story: Story) -> None:
    QTest.keyClick(story.window, Key.Key_Return, Modifier.ControlModifier)
    page = story.window.deletions.apply_page
    story.wait(lambda: story.window.frame.page() is page and page.act.isEnabled())


def apply(story: Story) -> None:
    open_apply(story)
    story.window.deletions.apply_page.act.click()
    story.wait(lambda: "3 files moved to the Trash" in story.window.notice.text())


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_page_says_what_goes_where_before_anything_moves(story: Story) -> None:
    folder = reject_rest(story)
    before = names(folder)
    open_apply(story)
    page = story.window.deletions.apply_page
    assert page.act.text() == "Move 3 files to the Trash"
    assert {page.table.rows.row_at(place).name for place in range(page.table.rows.rowCount())} == GONE
    assert {page.table.rows.row_at(place).stays for place in range(page.table.rows.rowCount())} == {KEPT}
    assert "Space is free only when you empty the Trash" in page._where.text()
    QTest.keyClick(page.table, Key.Key_Escape)
    story.wait(lambda: story.window.frame.page() is story.window.clusters_page)
    assert names(folder) == before


def test_they_go_to_the_trash_and_control_z_brings_them_back_decided_as_before(story: Story) -> None:
    folder = reject_rest(story)
    before = names(folder)
    apply(story)
    assert before - names(folder) == GONE
    story.wait(lambda: frozenset(BURST) not in {frozenset(one) for one in story.shown()})
    story.window.commands.clusters.trigger()
    story.wait(lambda: story.window.commands.undo.text() == "&Undo: move 3 photos away")
    story.window.commands.undo.trigger()
    story.wait(lambda: names(folder) == before)
    story.wait(lambda: frozenset(BURST) in {frozenset(one) for one in story.shown()})
    page = story.window.clusters_page
    cluster = next(one for one in page.content().clusters if len(one.members) == len(BURST))
    assert sorted(cluster.decision(member) for member in cluster.members) == [Decision.KEEP, *[Decision.REJECT] * 3]


def test_history_shows_what_went_and_puts_it_back(story: Story) -> None:
    folder = reject_rest(story)
    before = names(folder)
    apply(story)
    page = story.window.deletions.history_page
    story.window.commands.history.trigger()
    story.wait(lambda: len(page._files) == len(GONE) and page.restore_all.isEnabled())
    assert {Path(file.path).name for file in page._files} == GONE
    page.files.choose(page._files[0].number)
    story.wait(page.restore_one.isEnabled)
    page.restore_one.click()
    story.wait(lambda: len(before - names(folder)) == len(GONE) - 1)
    story.wait(lambda: "1 file put back" in story.window.notice.text())
    page.restore_all.click()
    story.wait(lambda: names(folder) == before)


def test_a_trash_that_was_emptied_is_said_plainly(story: Story) -> None:
    reject_rest(story)
    apply(story)
    for path in (Path(os.environ["XDG_DATA_HOME"]) / "Trash" / "files").iterdir():
        path.unlink()
    story.window.commands.history.trigger()
    page = story.window.deletions.history_page
    story.wait(page.restore_all.isEnabled)
    page.restore_all.click()
    story.wait(lambda: "3 gone for good: they are no longer in the Trash" in story.window.notice.text())


def test_the_list_is_written_for_a_spreadsheet(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reject_rest(story)
    apply(story)
    target = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    story.window.commands.history.trigger()
    page = story.window.deletions.history_page
    story.wait(lambda: len(page._files) == len(GONE))
    page.export.click()
    story.wait(lambda: target.exists() and len(target.read_text().splitlines()) == 1 + len(GONE))
    assert {Path(line[0]).name for line in list(csv.reader(target.read_text().splitlines()))[1:]} == GONE


def test_what_stays_is_named_with_its_reason(story: Story) -> None:
    members = [p.file for p in story.window.clusters_page.content().photos if p.name in GONE]
    decide(story.store, "holiday", [member.path for member in members], Decision.REJECT)
    story.wait(lambda: story.window.commands.apply.text() == "&Apply (3)…")
    story.window.commands.apply.trigger()
    page = story.window.deletions.apply_page
    story.wait(lambda: page.stays.isVisible() and page.stays.model().rowCount() == len(GONE))
    assert not page.act.isEnabled()


def test_they_can_go_into_a_folder_of_choice(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reject_rest(story)
    target = tmp_path / "rejected"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    open_apply(story)
    page = story.window.deletions.apply_page
    page.end.setCurrentIndex(1)
    page.end.activated.emit(1)
    story.wait(lambda: page.act.text() == "Move 3 files into the folder")
    page.act.click()
    story.wait(lambda: names(target) == GONE)
    story.wait(lambda: [one.end for one in all_deletions(story.store)] == [End.FOLDER])


def test_our_own_folder_is_emptied_only_after_a_question(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemTrash, "takes", lambda *_: False)
    folder = reject_rest(story)
    drive = folder.parent.parent
    monkeypatch.setattr("app.services.moving.mount_point", lambda _: str(drive))
    open_apply(story)
    page = story.window.deletions.apply_page
    assert "has no Trash" in page._where.text()
    page.act.click()
    history = story.window.deletions.history_page
    story.window.commands.history.trigger()
    story.wait(history.empty.isEnabled)
    held = drive / ".shotsift-rejected"
    for role in (QMessageBox.ButtonRole.RejectRole, QMessageBox.ButtonRole.DestructiveRole):
        assert held.exists()
        history.empty.click()
        box = history.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
        next(one for one in box.buttons() if box.buttonRole(one) == role).click()
        box.deleteLater()
        story.wait(lambda: history.findChild(QMessageBox) is None)
    story.wait(lambda: "deleted for good" in story.window.notice.text())
    assert not held.exists()
