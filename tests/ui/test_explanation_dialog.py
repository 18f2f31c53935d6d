"""Why two photographs are together or apart, told in the window on real photographs, and mended from there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.explanations import Explanation, Reason
from app.domain.pairs import AS_USUAL, FAINTEST, Alikeness, Pair, Relation
from app.errors import ResourceNotFound
from app.ui import explanation_dialog, explanations
from app.ui.explanation_dialog import ExplanationDialog
from tests.ui.test_alikeness_panel import kept, panel_of, story
from tests.ui.test_correction_commands import gallery_of, go_to, is_shown
from tests.ui.test_story import BURST, PAIR, Story

__all__ = ["story"]
Key, Modifier = Qt.Key, Qt.KeyboardModifier
PAIR_OF_TWO = Pair(1, 2, Relation.BURST, 0.447, 20, cosine=0.9, matches=100, inliers=60, cells=30, coverage=0.97)


def asked(story: Story) -> ExplanationDialog:
    """Ask by the key, and wait for the answer."""
    QTest.keyClick(gallery_of(story), Key.Key_Y)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExplanationDialog)
    story.wait(lambda: dialog.title.text() in {"Together", "Apart"})
    return dialog


def told(dialog: ExplanationDialog) -> dict[str, str]:
    model = dialog.table.model()
    return {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}


def choose_of_both(story: Story) -> None:
    """Choose the last photograph of the first cluster and the first of the second."""
    gallery = gallery_of(story)
    QTest.keyClick(gallery, Key.Key_Home)
    for _ in story.clusters()[0].members[1:]:
        QTest.keyClick(gallery, Key.Key_Right)
    QTest.keyClick(gallery, Key.Key_Right, Modifier.ShiftModifier)


def test_one_photograph_is_compared_with_the_best_of_its_cluster_and_the_best_with_the_next(story: Story) -> None:
    cluster = next(one for one in story.clusters() if {member.name for member in one.members} == PAIR)
    best, next_best = cluster.members
    for name, other in ((next_best.name, best.name), (best.name, next_best.name)):
        story.window.activateWindow()
        story.wait(story.window.isActiveWindow)
        QTest.keyClick(gallery_of(story), Key.Key_Home)  # no key is held that would choose more than one
        go_to(story, name)
        assert story.window.commands.why.text() == "&Why together?"
        dialog = asked(story)
        assert [file.name for file in dialog.pair()] == [name, other]
        assert dialog.title.text() == "Together"
        assert dialog.verdict.text().startswith("One shows the same as the other: ")
        assert told(dialog)["Camera"]
        assert told(dialog)["All in all"].endswith(" of 1, and 0.50 is asked for")
        assert not dialog.remedy.isVisible()
        QTest.keyClick(dialog, Key.Key_Escape)
        story.wait(lambda: QApplication.activeModalWidget() is None)


def test_what_is_too_faint_is_loosened_from_there_by_keys_alone(story: Story) -> None:
    choose_of_both(story)
    assert story.window.commands.why.text() == "&Why apart?"
    dialog = asked(story)
    assert (dialog.title.text(), dialog.verdict.text()) == (
        "Apart",
        "What speaks for them (0.40) is less than this dataset asks for (0.50).",
    )
    assert dialog.remedy.text() == "Loosen to 0.40"
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Key.Key_Tab)
    assert dialog.remedy.hasFocus()
    QTest.keyClick(dialog.remedy, Key.Key_Space)
    story.wait(is_shown(story, BURST | PAIR))
    story.wait(lambda: dialog.title.text() == "Together")
    assert not dialog.remedy.isVisible()
    assert kept(story) == Alikeness(0.4)
    assert panel_of(story).slider.value() == 40


def test_it_is_offered_for_one_photograph_or_two(story: Story) -> None:
    QTest.keyClick(gallery_of(story), Key.Key_Home)
    QTest.keyClick(gallery_of(story), Key.Key_Right, Modifier.ShiftModifier)
    assert story.window.commands.why.isEnabled()
    QTest.keyClick(gallery_of(story), Key.Key_Right, Modifier.ShiftModifier)
    action = story.window.commands.why
    assert (action.isEnabled(), action.toolTip()) == (False, "Choose one photo or two first")


def test_both_photographs_are_shown_with_their_names(story: Story) -> None:
    choose_of_both(story)
    dialog = asked(story)
    labels = [label for label in dialog.findChildren(QLabel) if label.accessibleName()]
    names = [file.name for file in dialog.pair()]
    story.wait(lambda: [one.accessibleName() for one in labels if not one.pixmap().isNull()] == names)
    assert dialog.table.accessibleName() == "What speaks for them"


def test_what_cannot_be_told_is_said(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Explanation:
        raise ResourceNotFound("The dataset has not read the file.")

    monkeypatch.setattr(explanation_dialog, "explain", fail)
    choose_of_both(story)
    QTest.keyClick(gallery_of(story), Key.Key_Y)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExplanationDialog)
    story.wait(lambda: dialog.verdict.text() == "The dataset has not read the file.")
    assert dialog.title.text() == "That cannot be told"


def test_a_dialog_that_is_closed_before_its_answer_is_left_alone(story: Story) -> None:
    choose_of_both(story)
    QTest.keyClick(gallery_of(story), Key.Key_Y)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExplanationDialog)
    dialog.close()
    story.wait(lambda: QApplication.activeModalWidget() is None)
    QTest.qWait(1500)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("pair", [PAIR_OF_TWO, None])
def test_every_reason_is_one_whole_sentence(reason: Reason, pair: Pair | None) -> None:
    found = Explanation(together=False, reason=reason, alikeness=AS_USUAL, pair=pair, through="/photos/third.jpg")
    sentence = explanations.verdict(found)
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert ("third.jpg" in sentence) is (reason is Reason.THROUGH)


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_words(relation: Relation) -> None:
    assert explanations.relation(relation)


@pytest.mark.parametrize(
    ("reason", "words", "wanted"),
    [
        (Reason.TOO_FAINT, "Loosen to 0.44", Alikeness(0.44, copies_only=True, across_folders=True)),
        (Reason.OTHER_EXPOSURE, "Allow bursts", Alikeness(across_folders=True)),
        (Reason.ONE_FOLDER, "Allow one folder", Alikeness(copies_only=True)),
        (Reason.CUT, "", None),
        (Reason.UNLIKE, "", None),
    ],
)
def test_a_remedy_is_named_and_reaches_the_evidence(reason: Reason, words: str, wanted: Alikeness | None) -> None:
    setting = Alikeness(copies_only=True, across_folders=True)
    found = Explanation(together=False, reason=reason, alikeness=setting, pair=PAIR_OF_TWO)
    assert (explanations.remedy(found), explanations.wanted(found)) == (words, wanted)
    assert wanted is None or FAINTEST <= wanted.strength <= 1


def test_the_evidence_tells_how_one_lies_on_the_other() -> None:
    found = Explanation(together=True, reason=Reason.RELATED, alikeness=AS_USUAL, pair=PAIR_OF_TWO, looked_at=True)
    rows = dict(explanations.evidence(found))
    assert rows["Points in common"] == "60 of 100 alike, in 30 of 36 parts of the picture"
    assert rows["Overlap"].startswith("97 % of the smaller picture")
    assert rows["Time between"] == "not known"
