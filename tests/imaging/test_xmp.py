"""XMP as other programs write it: read strictly, changed without touching the rest."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ratings import Rating
from app.imaging.xmp import changed, fresh, names_editor, read_packet
from app.imaging.xmp_surveys import LABEL, LONGEST, RATING, NoXmp

LIGHTROOM = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmp:Rating="3"
   xmp:Label='Red'
   crs:Exposure2012="+0.35"
   crs:HasSettings="True">
   <dc:subject>
    <rdf:Bag>
     <rdf:li>gr\xc3\xbcn &amp; blau</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <!-- a note > of mine -->
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
DARKTABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:darktable="http://darktable.sf.net/"
   darktable:history_end="1">
   <darktable:history>
    <rdf:Seq>
     <rdf:li darktable:operation="exposure" darktable:params="a &gt; b"/>
    </rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
ELEMENTS = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xap="http://ns.adobe.com/xap/1.0/">
<xap:Rating>2</xap:Rating><xap:Label/></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>\0\0"""
EMPTY = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""></rdf:Description>'
    b"</rdf:RDF>"
)
PACKETS = {"lightroom": LIGHTROOM, "darktable": DARKTABLE, "elements": ELEMENTS, "empty": EMPTY}


def described(body: str) -> bytes:
    return EMPTY.replace(b"</rdf:Description>", body.encode() + b"</rdf:Description>")


def test_stars_and_label_are_read_as_attributes_and_as_elements() -> None:
    assert read_packet(LIGHTROOM).rating == Rating(3, "Red")
    assert read_packet(DARKTABLE).rating == Rating()
    assert read_packet(ELEMENTS).rating == Rating(2)


def test_what_an_editor_keeps_tells_that_a_picture_is_edited() -> None:
    assert read_packet(LIGHTROOM).edited
    assert read_packet(DARKTABLE).edited
    assert not read_packet(ELEMENTS).edited
    assert not read_packet(LIGHTROOM.replace(b'"True"', b'"False"')).edited
    assert not read_packet(DARKTABLE.replace(b"rdf:li", b"rdf:not")).edited
    tool = '<xmp:CreatorTool xmlns:xmp="http://ns.adobe.com/xap/1.0/">Adobe Photoshop 25.0</xmp:CreatorTool>'
    assert read_packet(described(tool)).edited


def test_cameras_are_no_editors() -> None:
    assert names_editor("GIMP 2.10.34")
    assert names_editor("Adobe Lightroom 6.1 (Macintosh)")
    assert not any(names_editor(name) for name in ("", "14.2", "Ver.1.00", "HDR+ 1.0.345", "Photos 7.0", "Smart 3"))


@pytest.mark.parametrize(
    ("text", "stars"),
    [("5", 5), ("-1", -1), ("0", 0), ("3.0", 3), ("6", None), ("nan", None), ("1e999", None), ("", None), ("x", None)],
)
def test_stars_that_are_none_are_not_known(text: str, stars: int | None) -> None:
    body = f'<xmp:Rating xmlns:xmp="http://ns.adobe.com/xap/1.0/">{text}</xmp:Rating>'
    assert read_packet(described(body)).rating.stars == stars


def test_a_property_of_something_else_than_the_picture_does_not_count() -> None:
    body = (
        '<a:b xmlns:a="urn:a"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="5"/></a:b>'
        '<a:Rating xmlns:a="urn:a">5</a:Rating>'
    )
    assert read_packet(described(body)).rating == Rating()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + EMPTY.replace(b'about=""', b'about="&b;"')
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + described("&a;")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not well-formed"),
        (b"\xff\xd8\xff", "not well-formed"),
        (LIGHTROOM[:200], "not well-formed"),
        (b"<html/>", "no RDF"),
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>', "document type"),
        (EMPTY + b" " * LONGEST, "longer than 1 MB"),
        (b'<?xml version="1.0" encoding="klingon"?><x/>', "encoding cannot be read"),
        (b'<?xml version="1.0" encoding="rot13"?><x/>', "encoding cannot be read"),
        (b"<a>" * 200_000, "nested too deeply"),
        (b"<a " + b" ".join(b'xmlns:a%d="u"' % number for number in range(1000)) + b"/>", "too many namespaces"),
    ],
)
def test_what_is_no_xmp_or_dangerous_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(NoXmp, match=words):
        read_packet(data)


@given(st.sampled_from(list(PACKETS.values())), st.integers(0, 600), st.binary(max_size=8))
def test_damage_is_either_refused_or_harmless(data: bytes, place: int, damage: bytes) -> None:
    damaged = data[:place] + damage + data[place + len(damage) :]
    with suppress(NoXmp):
        read_packet(damaged)
        assert read_packet(changed(damaged, {RATING: "1"})).rating.stars == 1


@given(
    st.sampled_from(list(PACKETS.values())), st.integers(-1, 5), st.sampled_from(["", "Red", "a \"b\" & 'c' <d>", "é"])
)
def test_what_is_written_is_read_again_and_writing_it_twice_changes_nothing(
    data: bytes, stars: int, label: str
) -> None:
    written = changed(data, {RATING: str(stars), LABEL: label})
    assert read_packet(written).rating == Rating(stars, label)
    assert read_packet(written).edited == read_packet(data).edited
    assert changed(written, {RATING: str(stars), LABEL: label}) == written


def test_every_other_byte_stays() -> None:
    written = changed(LIGHTROOM, {RATING: "5", LABEL: "Blue"})
    assert written == LIGHTROOM.replace(b'xmp:Rating="3"', b'xmp:Rating="5"').replace(b"'Red'", b"'Blue'")
    gone = changed(LIGHTROOM, {RATING: "3", LABEL: ""})
    assert gone == LIGHTROOM.replace(b"\n   xmp:Label='Red'", b"")
    added = changed(DARKTABLE, {RATING: "4"})
    piece = b'\n    xmlns:xmp="http://ns.adobe.com/xap/1.0/"\n    xmp:Rating="4"'
    assert added == DARKTABLE.replace(b'history_end="1"', b'history_end="1"' + piece)
    elements = changed(ELEMENTS, {RATING: "1", LABEL: "Red"})
    assert elements == ELEMENTS.replace(b">2<", b">1<").replace(b"<xap:Label/>", b"<xap:Label>Red</xap:Label>")


def test_a_packet_that_cannot_be_changed_byte_by_byte_is_refused() -> None:
    wide = LIGHTROOM.decode().encode("utf-16")
    assert read_packet(wide).rating == Rating(3, "Red")
    with pytest.raises(NoXmp, match="UTF-8"):
        changed(wide, {RATING: "1"})
    latin = b'<?xml version="1.0" encoding="iso-8859-1"?>' + EMPTY
    with pytest.raises(NoXmp, match="UTF-8"):
        changed(latin, {RATING: "1"})
    bare = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    with pytest.raises(NoXmp, match="no rdf:Description"):
        changed(bare, {RATING: "1"})


def test_the_prefix_of_another_namespace_is_not_taken_from_it() -> None:
    other = EMPTY.replace(b"<rdf:RDF ", b'<rdf:RDF xmlns:xmp="urn:other" ')
    with pytest.raises(NoXmp, match="prefix xmp for something else"):
        changed(other, {RATING: "1"})


def test_a_fresh_packet_holds_what_was_said() -> None:
    assert read_packet(fresh({RATING: "4", LABEL: "Rot"})).rating == Rating(4, "Rot")
    assert read_packet(fresh({LABEL: ""})).rating == Rating()
