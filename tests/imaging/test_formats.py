import pytest

from app.imaging.formats import broken_claim, sniff


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\xff\xd8\xff\xe1", "x", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "x.jpg", "PNG"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "x.heic", "WebP"),
        (b"\0\0\0\x18ftypheic", "x.jpg", "HEIF"),
        (b"\0\0\0\x18ftypavif", "x", "AVIF"),
        (b"II*\0\x08\0\0\0", "x.tif", "TIFF"),
        (b"II*\0\x08\0\0\0", "x.NEF", "camera RAW"),
        (b"\xff\xd8\xff\xe1", "x.nef", "JPEG"),
        (b"\xff\x0a\x00", "x.jxl", "JPEG XL"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, name: str, kind: str) -> None:
    found = sniff(head, name)
    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize("head", [b"", b"{}", b"BM but only text", b"RIFF\0\0\0\0AVI LIST", b"\0\0\0\x14ftypqt  "])
def test_a_text_or_a_film_is_no_picture(head: bytes) -> None:
    assert sniff(head, "x.jpg") is None


def test_only_a_name_of_a_picture_makes_a_broken_claim() -> None:
    assert broken_claim(b"", "a.JPG") == "The file is empty"
    assert broken_claim(b"<html>", "a.jpg") == "Its content is not a picture"
    assert broken_claim(b"\0\0\2", "a.tga") == "Its format is not supported"
    assert broken_claim(b"{}", "truth.json") == ""
    assert broken_claim(b"", "no extension") == ""


def test_the_second_half_that_a_mac_writes_beside_a_photograph_claims_nothing() -> None:
    assert broken_claim(b"\x00\x05\x16\x07\x00\x02", "._IMG_1.JPG") == ""
