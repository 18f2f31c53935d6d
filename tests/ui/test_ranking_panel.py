"""By what the best shots of a dataset are told, set in the window on real photographs, by keys and by the mouse."""

import threading
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSlider
from pytestqt.qtbot import QtBot

from app.contract.requests import GetDataset
from app.domain.choices import Agreement
from app.domain.clusters import Cluster
from app.domain.judgements import BALANCED, PRESETS, Keep, Part, Preset, Ranking
from app.errors import InvalidArgument
from app.services import choosing
from app.services.clusters import all_clusters
from app.services.datasets import get_dataset
from app.services.ranking import set_ranking
from app.store import Store
from app.ui import ranking_commands, ranking_words
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.preferences_dialog import PreferencesDialog
from app.ui.ranking_panel import RankingPanel
from tests.ui.test_correction_commands import gallery_of, story
from tests.ui.test_story import Story

__all__ = ["story"]
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def panel(qtbot: QtBot, look: Look) -> RankingPanel:
    panel = RankingPanel(look)
    qtbot.addWidget(panel)
    return panel


def opened(story: Story) -> RankingPanel:
    QTest.keyClick(story.window, Key.Key_B, Modifier.ControlModifier)
    return story.window.clusters_page.ranking_panel


def kept(story: Story) -> Ranking:
    return get_dataset(story.store, GetDataset(dataset_name="holiday")).ranking


def scores(clusters: Iterable[Cluster]) -> dict[str, float | None]:
    return {member.path: member.image_score for cluster in clusters for member in cluster.members}


def is_shown(story: Story) -> bool:
    """Tell whether the gallery shows what the catalogue holds."""
    return scores(story.clusters()) == scores(all_clusters(story.store, "holiday"))


def test_a_weight_that_is_moved_by_a_key_ranks_at_once_and_the_gallery_shows_it(story: Story) -> None:
    story.wait(lambda: is_shown(story))
    panel, before = opened(story), scores(story.clusters())
    assert (panel.isVisible(), panel.preset.hasFocus()) == (True, True)
    slider = panel.weights[Part.SHARPNESS].slider
    slider.setFocus()
    QTest.keyClick(slider, Key.Key_Home)
    assert panel.state.text() == "Ranking…"
    story.wait(lambda: panel.state.text() == "Changed by you")
    assert dict(kept(story).own) == {Part.SHARPNESS: 0.0}
    story.wait(lambda: scores(story.clusters()) != before)
    panel.reset.click()
    story.wait(lambda: kept(story) == BALANCED and panel.state.text() == "")
    story.wait(lambda: scores(story.clusters()) == before)
    assert not panel.reset.isEnabled()


def test_what_is_set_elsewhere_is_shown(story: Story) -> None:
    panel = opened(story)
    set_ranking(story.store, "holiday", Ranking(Preset.PEOPLE, {Part.SMILE: 0.5}, Keep.EACH_PERSON))
    story.wait(lambda: panel.preset.currentText() == "People")
    assert panel.keep.currentText() == "Keep the best of each person"
    assert panel.weights[Part.SMILE].slider.value() == 50
    assert panel.weights[Part.EYES].number.text() == "0.40"


def test_escape_closes_the_panel_and_gives_the_keys_back_to_the_photographs(story: Story) -> None:
    panel = opened(story)
    QTest.keyClick(panel.preset, Key.Key_Escape)
    assert not panel.isVisible()
    assert gallery_of(story).hasFocus()
    assert not story.window.commands.best_shot.isChecked()


def test_of_many_moves_the_last_one_counts(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, done = threading.Event(), []

    def slow(store: Store, name: str, ranking: Ranking) -> None:
        gate.wait(20)
        done.append(ranking.own[Part.NOISE])
        set_ranking(store, name, ranking)

    monkeypatch.setattr(ranking_commands, "set_ranking", slow)
    slider = opened(story).weights[Part.NOISE].slider
    for value in (10, 20, 30, 40):
        slider.setValue(value)
    gate.set()
    story.wait(lambda: dict(kept(story).own) == {Part.NOISE: 0.4})
    assert done == [0.1, 0.4]


def test_a_setting_that_fails_is_shown_as_it_was(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise InvalidArgument("The catalogue is locked.")

    monkeypatch.setattr(ranking_commands, "set_ranking", fail)
    panel = opened(story)
    panel.weights[Part.NOISE].slider.setValue(90)
    story.wait(lambda: story.window.notice.text() == "The catalogue is locked.")
    story.wait(lambda: panel.ranking() == BALANCED)
    assert panel.state.text() == ""


def test_a_preset_forgets_what_was_changed_in_another_and_keeps_the_rule(panel: RankingPanel) -> None:
    panel.show_ranking(Ranking(Preset.ACTION, {Part.NOISE: 0.9}, Keep.BEST_AND_OTHER))
    wanted: list[Ranking] = []
    panel.wanted.connect(wanted.append)
    panel.preset.setCurrentIndex(panel.preset.findText("People"))
    panel.preset.activated.emit(panel.preset.currentIndex())
    assert wanted == [Ranking(Preset.PEOPLE, keep=Keep.BEST_AND_OTHER)]


def test_a_weight_moved_back_to_that_of_the_preset_is_no_change(panel: RankingPanel) -> None:
    slider = panel.weights[Part.NOISE].slider
    slider.setValue(60)
    assert dict(panel.ranking().own) == {Part.NOISE: 0.6}
    slider.setValue(round(PRESETS[Preset.BALANCED][Part.NOISE] * 100))
    assert panel.ranking() == BALANCED


def test_not_all_weights_can_be_nothing(panel: RankingPanel) -> None:
    for weight in panel.weights.values():
        weight.slider.setValue(0)
    last = list(panel.weights)[-1]
    assert panel.ranking().weights[last] > 0
    assert panel.weights[last].slider.value() > 0
    assert panel.state.text() == "At least one must count"


def test_every_control_has_a_name_and_every_choice_its_words(panel: RankingPanel) -> None:
    controls = [*panel.findChildren(QSlider), *panel.findChildren(QComboBox)]
    assert all(one.accessibleName() for one in controls)
    assert [panel.preset.itemData(place) for place in range(panel.preset.count())] == list(Preset)
    assert [panel.keep.itemData(place) for place in range(panel.keep.count())] == list(Keep)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Agreement(0, 0, 0, 0), "You have not chosen a best shot yourself so far."),
        (Agreement(1, 1, 0, 0), "The best shot that you chose differs from the proposal. Nothing changes by itself."),
        (Agreement(1, 0, 0, 0), "The best shot that you chose is the one proposed. Nothing changes by itself."),
        (
            Agreement(2, 0, 2, 1),
            "1 of 4 best shots that you chose differs from the proposal. Nothing changes by itself.",
        ),
        (
            Agreement(1200, 40, 3, 2),
            "42 of 1,203 best shots that you chose differ from the proposal. Nothing changes by itself.",
        ),
    ],
)
def test_it_is_told_how_often_a_person_chose_otherwise(found: Agreement, text: str) -> None:
    QLocale.setDefault(QLocale("en_US"))
    assert ranking_words.overruled(found) == text


def test_the_preferences_tell_it_too(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "overruled", lambda _store: Agreement(5, 2, 0, 0))
    window.commands.preferences.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreferencesDialog)
    assert dialog.overruled.text().startswith("2 of 5 best shots")
