"""Ladders for copies in the window, on real photographs: looked at before they are applied, and taken back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.choices import Source
from app.domain.ladders import BUILT_IN, FOLDER_RULES, USUAL, Because, Facts, Ladder, Rule, Rung
from app.domain.proposals import Proposal
from app.errors import InvalidArgument
from app.services.choosing import all_choices, ladder_of
from app.services.ladders import all_ladders, save_ladder
from app.ui import choice_words, ladder_dialog, ladder_words
from app.ui.ladder_dialog import LadderDialog
from app.ui.ladder_rules import LadderRules
from app.ui.look import Look
from app.ui.table import Table
from tests.ui.factories import cluster
from tests.ui.test_correction_commands import gallery_of
from tests.ui.test_story import Story

Key, Modifier = Qt.Key, Qt.KeyboardModifier
COPIES = {"olympus-e-10.jpg", "a-copy.jpg"}


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale("en_US"))


@pytest.fixture
def story(qtbot: QtBot, data_dir: Path, photos: Path, tmp_path: Path) -> Iterator[Story]:
    """A window in front with a cluster of copies in two folders; the keys are at its photographs."""
    folder = Path(shutil.copytree(photos, tmp_path / "holiday"))
    (folder / "archive").mkdir()
    shutil.copy(next(folder.rglob("olympus-e-10.jpg")), folder / "archive" / "a-copy.jpg")
    story = Story(qtbot, data_dir)
    with qtbot.waitActive(story.window):
        story.window.activateWindow()
    story.look_through(folder)
    story.wait(lambda: COPIES in story.shown() and gallery_of(story).isVisible())
    gallery_of(story).setFocus()
    yield story
    story.close()


@pytest.fixture
def rules(qtbot: QtBot, look: Look) -> LadderRules:
    rules = LadderRules(look)
    qtbot.addWidget(rules)
    rules.show_rungs(USUAL.rungs)
    with qtbot.waitActive(rules):
        rules.show()
        rules.activateWindow()
    rules.table.setFocus()
    return rules


def opened(story: Story) -> LadderDialog:
    QTest.keyClick(story.window, Key.Key_B, Modifier.ControlModifier | Modifier.ShiftModifier)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LadderDialog)
    story.wait(lambda: bool(dialog.rules.rungs))
    return dialog


def lines(table: Table) -> list[tuple[str, ...]]:
    model = table.model()
    columns = range(model.columnCount())
    return [tuple(str(model.index(row, one).data()) for one in columns) for row in range(model.rowCount())]


def chosen(story: Story) -> set[str]:
    return {Path(one.path).name for one in all_choices(story.store, "holiday") if one.source is Source.LADDER}


def line_of(dialog: LadderDialog, names: set[str]) -> tuple[str, ...]:
    return next(line for line in lines(dialog.found) if line[0] in names)


def choose_folder(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folder)


def test_the_ladders_are_listed_with_their_rules_as_sentences(story: Story) -> None:
    dialog = opened(story)
    assert dialog.ladders.hasFocus()
    assert [line for (line,) in lines(dialog.ladders)] == ["Usual", "Keep originals", "Keep edited", "Keep largest"]
    assert lines(dialog.rules.table)[0] == ("1.  More stars first, then what has a label",)
    QTest.keyClick(dialog.ladders, Key.Key_Down)
    assert lines(dialog.rules.table)[0] == ("1.  RAW before other formats",)
    assert (dialog.ladder(), dialog.save.isEnabled(), dialog.take_back.isEnabled()) == (BUILT_IN[1], False, False)


def test_a_preview_tells_what_would_be_chosen_and_why_and_keeps_nothing(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dialog = opened(story)
    choose_folder(monkeypatch, str(tmp_path / "holiday" / "archive"))
    QTest.keyClick(dialog, Key.Key_F, Modifier.AltModifier)
    story.wait(lambda: dialog.ladder().name == "My ladder")
    QTest.keyClick(dialog, Key.Key_V, Modifier.AltModifier)
    story.wait(lambda: dialog.found.model().rowCount() > 0)
    best, _, because = line_of(dialog, COPIES)
    assert (best, because) == ("a-copy.jpg", f"It lies in the preferred folder {tmp_path}/holiday/archive")
    assert dialog.counts.text().startswith(f"{len(lines(dialog.found))} cluster")
    assert [line[1] == "the same" for line in lines(dialog.found)] == sorted(
        line[1] == "the same" for line in lines(dialog.found)
    )
    assert ladder_of(story.store, "holiday") is None
    assert all_choices(story.store, "holiday") == []


def test_a_ladder_is_applied_under_its_name_and_taken_back(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dialog = opened(story)
    choose_folder(monkeypatch, str(tmp_path / "holiday" / "archive"))
    dialog.rules.prefer.click()
    QTest.keyClick(dialog, Key.Key_A, Modifier.AltModifier)
    story.wait(lambda: dialog.sentence.text().startswith("This dataset follows the ladder My ladder."))
    assert "a-copy.jpg" in chosen(story)
    assert ("My ladder (applied)",) in lines(dialog.ladders)
    assert all_ladders(story.store)[-1] == dialog.ladder()
    QTest.keyClick(dialog, Key.Key_T, Modifier.AltModifier)
    story.wait(lambda: dialog.sentence.text().endswith("taken back. This dataset follows no ladder."))
    assert chosen(story) == set()
    assert ladder_of(story.store, "holiday") is None
    assert not dialog.take_back.isEnabled()


def test_a_changed_ladder_is_saved_beside_those_that_come_with_the_program(story: Story) -> None:
    dialog = opened(story)
    dialog.rules.table.setFocus()
    QTest.keyClick(dialog.rules.table, Key.Key_Down, Modifier.AltModifier)
    dialog.name.setText("usual")
    dialog.name.textEdited.emit("usual")
    assert not dialog.save.isEnabled()
    assert not dialog.apply.isEnabled()
    dialog.name.setText("Mine")
    dialog.name.textEdited.emit("Mine")
    QTest.keyClick(dialog, Key.Key_S, Modifier.AltModifier)
    story.wait(lambda: [one.name for one in all_ladders(story.store)][-1] == "Mine")
    story.wait(lambda: lines(dialog.ladders)[-1] == ("Mine",) and not dialog.save.isEnabled())
    assert dialog.ladders.current_key() == "Mine"
    dialog.ladders.choose("usual")
    dialog.rules.table.setFocus()
    QTest.keyClick(dialog.rules.table, Key.Key_Down, Modifier.AltModifier)
    assert dialog.ladder().name == "My ladder"
    assert USUAL in all_ladders(story.store)


def test_a_saved_ladder_can_be_deleted_and_one_of_the_program_cannot(story: Story) -> None:
    save_ladder(story.store, Ladder("Mine", (Rung(Rule.NAME),)))
    dialog = opened(story)
    assert not dialog.delete.isEnabled()
    dialog.ladders.choose("Mine")
    QTest.keyClick(dialog, Key.Key_E, Modifier.AltModifier)
    story.wait(lambda: all_ladders(story.store) == list(BUILT_IN))
    story.wait(lambda: len(lines(dialog.ladders)) == len(BUILT_IN) and not dialog.delete.isEnabled())
    assert dialog.ladder() == BUILT_IN[-1]


def test_what_fails_is_said_and_can_be_tried_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[Proposal]:
        raise InvalidArgument("The catalogue is locked.")

    dialog = opened(story)
    monkeypatch.setattr(ladder_dialog, "preview_ladder", fail)
    dialog.preview.click()
    assert not dialog.preview.isEnabled()
    story.wait(lambda: dialog.sentence.text() == "The catalogue is locked.")
    assert dialog.preview.isEnabled()


def test_a_dialog_that_is_closed_before_its_answer_is_left_alone(story: Story) -> None:
    dialog = opened(story)
    dialog.preview.click()
    dialog.close()
    story.wait(lambda: QApplication.activeModalWidget() is None)
    QTest.qWait(500)


def test_rules_move_by_keys_and_stay_current(rules: LadderRules) -> None:
    QTest.keyClick(rules.table, Key.Key_Down, Modifier.AltModifier)
    assert [one.rule for one in rules.rungs[:2]] == [Rule.EDITED, Rule.RATED]
    assert rules.table.current_key() is Rule.RATED
    QTest.keyClick(rules.table, Key.Key_Up, Modifier.AltModifier)
    QTest.keyClick(rules.table, Key.Key_Up, Modifier.AltModifier)
    assert rules.rungs == USUAL.rungs
    assert not rules.up.isEnabled()


def test_delete_among_the_ladders_removes_no_rule(story: Story) -> None:
    dialog = opened(story)
    QTest.keyClick(dialog.ladders, Key.Key_Delete)
    assert dialog.rules.rungs == USUAL.rungs


def test_the_last_rule_cannot_be_removed(rules: LadderRules) -> None:
    for _ in USUAL.rungs:
        QTest.keyClick(rules.table, Key.Key_Delete)
    assert len(rules.rungs) == 1
    assert not rules.remove.isEnabled()


def test_folders_of_one_rule_are_named_once_in_the_order_they_were_chosen(
    rules: LadderRules, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("/raw", "/best", "/raw", ""):
        choose_folder(monkeypatch, folder)
        rules.protect.click()
    assert rules.rungs[0] == Rung(Rule.PROTECTED, ("/raw", "/best"))
    assert ladder_words.rung(rules.rungs[0]) == "What lies in /raw, /best never loses"


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule not in {Rule.PATH, Rule.OLDEST_FILE}])
def test_every_rule_has_a_sentence_and_a_folder_may_be_called_as_it_likes(rule: Rule) -> None:
    sentence = ladder_words.rung(Rung(rule, ("/{0}",) if rule in FOLDER_RULES else (), 0.05))
    assert sentence
    assert ("/{0}" in sentence) is (rule in FOLDER_RULES)


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_says_why_it_decided(rule: Rule) -> None:
    chosen_facts = Facts("/{raw}", 3, "{red}", 4000, 3000, "RAW", 0, 0, "IMG_1.raw")
    other = Facts("", None, "", 2000, 1500, "JPEG", None, 0, "IMG_2.jpg")
    text = choice_words.because(Because(rule, chosen_facts, other))
    assert text
    assert "{other" not in text


def test_labels_and_stars_decide_in_words() -> None:
    labelled = Because(Rule.RATED, Facts(label="{red}"), Facts())
    assert choice_words.because(labelled) == "it has the label {red}"
    rated = Because(Rule.RATED, Facts(stars=1), Facts(stars=-1))
    assert choice_words.because(rated) == "1 star against rejected"


def test_one_and_many_changes_have_their_own_words() -> None:
    one = cluster(1, 2)
    same, other = Proposal(one, one.members[0], None), Proposal(one, one.members[1], None, faults=("broken",))
    assert ladder_words.counts([]) == "There are no clusters of copies here."
    assert ladder_words.counts([same]) == "1 cluster of copies · 0 best shots would change"
    assert (
        ladder_words.counts([same, other])
        == "2 clusters of copies · 1 best shot would change · 1 sidecar could not be read"
    )
    assert ladder_words.taken_back(1).startswith("1 choice was")
    assert ladder_words.taken_back(0).startswith("0 choices were")


def test_the_names_of_ladders_of_the_program_are_words_and_others_stay() -> None:
    assert choice_words.ladder(USUAL.name) == "Usual"
    assert choice_words.ladder(Ladder("mine", ()).name) == "mine"
