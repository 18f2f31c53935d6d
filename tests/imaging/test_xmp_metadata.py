"""Sidecars of other programs gain keywords, captions and positions, and keep every other byte."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bequests import NOTHING, Metadata, bequeath, metres_between
from app.imaging.xmp import read_packet
from app.imaging.xmp_metadata import merged, xmp_metadata
from app.imaging.xmp_surveys import LONGEST, NoXmp
from tests.imaging.test_xmp import BOMB, ELEMENTS, EMPTY, LIGHTROOM, OUTSIDE, described

DARKTABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
   exif:GPSLatitude="48,51.508333N"
   exif:GPSLongitude="2,17.670000W"
   xmp:Rating="4"
   darktable:xmp_version="5">
   <dc:subject>
    <rdf:Bag>
     <rdf:li>places</rdf:li>
     <rdf:li>Paris &amp; more</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <dc:description>
    <rdf:Alt>
     <rdf:li xml:lang="x-default">The tower</rdf:li>
    </rdf:Alt>
   </dc:description>
   <lr:hierarchicalSubject>
    <rdf:Seq><rdf:li>places|Paris</rdf:li></rdf:Seq>
   </lr:hierarchicalSubject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
DIGIKAM = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
   digiKam:PickLabel="3">
   <digiKam:TagsList><rdf:Seq><rdf:li>People/Ann</rdf:li></rdf:Seq></digiKam:TagsList>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default"/></rdf:Alt></dc:description>
   <dc:subject><rdf:Bag/></dc:subject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
PACKETS = {"darktable": DARKTABLE, "lightroom": LIGHTROOM, "digikam": DIGIKAM, "elements": ELEMENTS, "empty": EMPTY}
GAINS = Metadata(5, "Blue", ("ice & snow", "sea"), "One\n<two>", (-33.856784, 151.215297))
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=8)
METADATA = st.builds(
    Metadata,
    stars=st.none() | st.integers(1, 5),
    label=st.just("") | TEXTS,
    keywords=st.lists(TEXTS, max_size=3, unique_by=str.casefold).map(tuple),
    caption=st.just("") | TEXTS,
    position=st.none() | st.tuples(st.floats(1e-3, 90), st.floats(-180, -1e-3)),
)


def test_what_darktable_lightroom_and_digikam_write_is_read() -> None:
    place = pytest.approx((48.85847, -2.2945), abs=1e-5)
    said = xmp_metadata(DARKTABLE)
    assert said == Metadata(4, "", ("places", "Paris & more"), "The tower", said.position)
    assert said.position == place
    assert xmp_metadata(LIGHTROOM) == Metadata(3, "Red", ("gr\u00fcn & blau",))
    assert xmp_metadata(DIGIKAM) == NOTHING
    assert xmp_metadata(ELEMENTS) == Metadata(2)


@pytest.mark.parametrize("name", PACKETS)
def test_a_sidecar_gains_what_it_does_not_say_and_says_the_rest_as_before(name: str) -> None:
    before = xmp_metadata(PACKETS[name])
    after = xmp_metadata(merged(PACKETS[name], GAINS))
    assert (after.stars, after.label) == (before.stars or 5, before.label or "Blue")
    assert after.keywords == (*before.keywords, "ice & snow", "sea")
    assert after.caption == (before.caption or "One\n<two>")
    assert after.position is not None
    assert metres_between(after.position, before.position or (-33.856784, 151.215297)) < 0.01
    assert read_packet(merged(PACKETS[name], GAINS)).edited == read_packet(PACKETS[name]).edited


def test_every_other_byte_stays() -> None:
    keywords = b"<rdf:li>ice &amp; snow</rdf:li><rdf:li>sea</rdf:li></rdf:Bag>"
    labelled = DARKTABLE.replace(b'xmp_version="5"', b'xmp_version="5"\n    xmp:Label="Blue"')
    assert merged(DARKTABLE, GAINS) == labelled.replace(b"</rdf:Bag>", keywords)
    written = merged(DIGIKAM, Metadata(keywords=("sea",), caption="Ann"))
    filled = DIGIKAM.replace(b"<rdf:Bag/>", b"<rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag>")
    assert written == filled.replace(b'x-default"/>', b'x-default">Ann</rdf:li>')
    added = b'\n   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">Sea</rdf:li></rdf:Alt></dc:description>'
    captioned = merged(LIGHTROOM, Metadata(caption="Sea"))
    assert captioned == LIGHTROOM.replace(b'HasSettings="True">', b'HasSettings="True">' + added)


@pytest.mark.parametrize("name", PACKETS)
def test_who_gains_nothing_new_keeps_every_byte(name: str) -> None:
    written = merged(PACKETS[name], GAINS)
    assert merged(written, GAINS) == written
    assert merged(written, Metadata(1, "Red", ("SEA",), "Other", (10.0, 10.0))) == written
    assert merged(PACKETS[name], NOTHING) == PACKETS[name]


@given(METADATA)
def test_a_new_sidecar_says_what_was_gained(gains: Metadata) -> None:
    said = xmp_metadata(merged(None, gains))
    assert (said.stars, said.label, said.keywords, said.caption) == (
        gains.stars,
        gains.label,
        gains.keywords,
        gains.caption,
    )
    assert (said.position is None) == (gains.position is None)
    assert said.position is None or gains.position is None or metres_between(said.position, gains.position) < 0.01


@given(st.sampled_from(list(PACKETS.values())), METADATA)
def test_a_keeper_that_was_given_its_bequest_has_none_left(data: bytes, rejected: Metadata) -> None:
    gains, _ = bequeath(xmp_metadata(data), [("a", rejected)])
    again, _ = bequeath(xmp_metadata(merged(data, gains)), [("a", rejected)])
    assert again == NOTHING


@given(st.sampled_from(list(PACKETS.values())), st.integers(0, 1100), st.binary(max_size=8))
def test_damage_is_either_refused_or_harmless(data: bytes, place: int, damage: bytes) -> None:
    damaged = data[:place] + damage + data[place + len(damage) :]
    with suppress(NoXmp):
        before = xmp_metadata(damaged)
        after = xmp_metadata(merged(damaged, GAINS))
        assert after.keywords[: len(before.keywords)] == before.keywords
        assert before.caption in {"", after.caption}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not well-formed"),
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (EMPTY + b" " * LONGEST, "longer than 1 MB"),
        (b"<a>" * 200_000, "nested too deeply"),
        (LIGHTROOM.decode().encode("utf-16"), "UTF-8"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>' + EMPTY, "UTF-8"),
        (described('<dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/">sea</dc:subject>'), "cannot be changed"),
        (described('<dc:description xmlns:dc="http://purl.org/dc/elements/1.1/"/>'), "cannot be changed"),
        (EMPTY.replace(b"about", b'x="" xmlns:exif="urn:other" rdf:about'), "prefix exif for something else"),
        (
            described('<exif:GPSLatitude xmlns:exif="http://ns.adobe.com/exif/1.0/">48.5</exif:GPSLatitude>'),
            "position is in a form",
        ),
    ],
)
def test_a_sidecar_that_is_dangerous_or_cannot_be_changed_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(NoXmp, match=words):
        merged(data, GAINS)


def test_a_sidecar_never_grows_over_what_can_be_read_again() -> None:
    with pytest.raises(NoXmp, match="longer than 1 MB"):
        merged(EMPTY, Metadata(caption="x" * LONGEST))


def test_a_prefix_that_means_something_else_is_declared_anew_for_keywords() -> None:
    other = EMPTY.replace(b"<rdf:RDF ", b'<rdf:RDF xmlns:dc="urn:other" ')
    assert xmp_metadata(merged(other, Metadata(keywords=("sea",)))).keywords == ("sea",)
    r = EMPTY.replace(b"rdf:", b"r:").replace(b"xmlns:rdf", b"xmlns:r")
    assert xmp_metadata(merged(r, Metadata(keywords=("sea",), caption="Sea"))) == Metadata(None, "", ("sea",), "Sea")


def test_a_caption_in_another_language_is_a_caption() -> None:
    body = (
        '<dc:description xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Alt><rdf:li xml:lang="de">Meer</rdf:li>'
        "{}</rdf:Alt></dc:description>"
    )
    assert xmp_metadata(described(body.format(""))).caption == "Meer"
    assert xmp_metadata(described(body.format('<rdf:li xml:lang="X-Default">Sea</rdf:li>'))).caption == "Sea"
    assert xmp_metadata(merged(described(body.format("")), Metadata(caption="Sea"))).caption == "Meer"


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("48,51.508333N", 48.858472),
        ("48,51,30.5S", -48.858472),
        ("48,51.508333E", None),
        ("48.858", None),
        ("95,0.0N", None),
        ("9" * 99 + ",1N", None),
    ],
)
def test_positions_are_read_as_xmp_writes_them(text: str, degrees: float | None) -> None:
    uri = "http://ns.adobe.com/exif/1.0/"
    body = f'<e:GPSLatitude xmlns:e="{uri}">{text}</e:GPSLatitude><e:GPSLongitude xmlns:e="{uri}">1,0E</e:GPSLongitude>'
    position = xmp_metadata(described(body)).position
    assert (None if position is None else position[0]) == (
        None if degrees is None else pytest.approx(degrees, abs=1e-5)
    )
