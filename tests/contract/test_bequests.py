"""Bequests in JSON and in sentences: each conflict names both values and the file."""

import json

from app.contract.bequests import bequest_answer, bequest_sentences
from app.domain.bequests import NOTHING, Bequest, Conflict, Metadata, Part

ALL = Bequest(
    "/photos/a.jpg",
    ("/photos/b.jpg",),
    Metadata(1, "Red", ("sea", "ice"), "At\nthe sea \x1b[0m" + "x" * 99, (48.85, -2.29)),
    (
        Conflict(Part.STARS, "/photos/b.jpg", 3, 4),
        Conflict(Part.CAPTION, "/photos/c\n.jpg", "", "Other"),
        Conflict(Part.POSITION, "/photos/b.jpg", (1.0, 2.0), (3.0, 4.0)),
        Conflict(Part.READING, "/photos/d.jpg", None, "It is no picture"),
    ),
)


def test_an_answer_holds_all_that_is_gained_and_all_conflicts() -> None:
    answer = json.loads(json.dumps(bequest_answer(ALL)))
    assert list(answer) == ["Keeper", "Sources", "Stars", "Label", "Keywords", "Caption", "Position", "Conflicts"]
    assert (answer["Keeper"], answer["Sources"]) == ("file:///photos/a.jpg", ["file:///photos/b.jpg"])
    assert (answer["Stars"], answer["Label"], answer["Keywords"]) == (1, "Red", ["sea", "ice"])
    assert (answer["Caption"], answer["Position"]) == (ALL.gains.caption, [48.85, -2.29])
    assert answer["Conflicts"] == [
        {"Part": "stars", "URI": "file:///photos/b.jpg", "Kept": 3, "Offered": 4},
        {"Part": "caption", "URI": "file:///photos/c%0A.jpg", "Kept": None, "Offered": "Other"},
        {"Part": "position", "URI": "file:///photos/b.jpg", "Kept": [1.0, 2.0], "Offered": [3.0, 4.0]},
        {"Part": "reading", "URI": "file:///photos/d.jpg", "Kept": None, "Offered": "It is no picture"},
    ]


def test_sentences_name_both_values_and_the_file_in_lines_that_can_be_printed() -> None:
    first, *rest = bequest_sentences(ALL)
    assert first.startswith("/photos/a.jpg: it gets 1 star; the label 'Red'; new keywords, together 'sea, ice'; ")
    assert "the caption 'At the sea \\x1b[0mxxx" in first
    assert first.endswith("...'; the position 48.850000, -2.290000")
    assert rest == [
        "  /photos/b.jpg: it has 4 stars; not taken, for what stays has 3 stars",
        "  /photos/c\\n.jpg: it has the caption 'Other'; not taken, for the rejected do not agree",
        "  /photos/b.jpg: it has the position 3.000000, 4.000000; not taken, for what stays has the position 1.000000, "
        "2.000000",
        "  /photos/d.jpg: It is no picture",
    ]


def test_a_keeper_that_gets_nothing_is_said_to() -> None:
    assert bequest_sentences(Bequest("/a.jpg", (), NOTHING)) == ["/a.jpg: it gets nothing"]
    assert bequest_answer(Bequest("/a.jpg", (), NOTHING))["Position"] is None


def test_a_keeper_that_another_program_rejected_is_not_said_to_have_stars() -> None:
    conflict = Conflict(Part.STARS, "/b.jpg", -1, 4)
    (_, said) = bequest_sentences(Bequest("/a.jpg", (), NOTHING, (conflict,)))
    assert said == "  /b.jpg: it has 4 stars; not taken, for what stays has the mark of a rejected one"
