import json
from pathlib import Path

import pytest

from app.errors import InvalidArgument
from app.settings import LEFT_OUT, Settings


def test_what_was_chosen_is_there_the_next_time(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path)
    settings.change("theme", "dark")
    settings.save()
    assert Settings.load(tmp_path).theme == "dark"


@pytest.mark.parametrize("content", ["no JSON", '{"theme": "pink"}', '{"left_out": [""]}'])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)
    assert Settings.load(tmp_path).model_dump() == Settings().model_dump()


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("colour", "red", "theme, thumbnail_height, left_out"),
        ("theme", "pink", "dark"),
        ("thumbnail_height", 5000, "320"),
        ("left_out", "thumbs", "list"),
        ("left_out", ["a/b"], "pattern"),
        ("left_out", [""], "at least 1"),
    ],
)
def test_a_value_that_a_setting_cannot_have_is_refused_in_words(
    tmp_path: Path, name: str, value: object, word: str
) -> None:
    settings = Settings.load(tmp_path)
    with pytest.raises(InvalidArgument, match=word):
        settings.change(name, value)
    assert settings.model_dump() == Settings().model_dump()


def test_two_that_change_different_settings_lose_nothing(tmp_path: Path) -> None:
    window, terminal = Settings.load(tmp_path), Settings.load(tmp_path)
    terminal.change("left_out", ["thumbs"])
    terminal.save()
    window.theme = "light"
    window.save()
    saved = Settings.load(tmp_path)
    assert (saved.theme, saved.left_out) == ("light", ["thumbs"])


def test_only_what_was_chosen_is_written_so_that_defaults_may_become_better(tmp_path: Path) -> None:
    settings = Settings.load(tmp_path)
    settings.theme = "light"
    settings.save()
    assert json.loads((tmp_path / "settings.json").read_text()) == {"theme": "light"}
    assert settings.left_out == list(LEFT_OUT)
