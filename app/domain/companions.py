"""Companions: the files of one folder that belong to one photograph, told by their names alone.

One shot of a camera is often several files. Those that surely belong together are one photograph with one face, the
file that is shown and compared; a pair that is doubtful stays apart, so that no photograph is hidden behind another.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.suffixes import HEIF_SUFFIXES, JPEG_SUFFIXES, claims_picture, claims_raw, split


class CompanionKind(StrEnum):
    """What a companion is to its photograph."""

    RAW = "raw"
    RENDERING = "rendering"
    """A second picture of the shot: HEIC beside JPEG, or what a phone made of it when it was edited there."""
    SIDECAR = "sidecar"
    SOUND = "sound"
    FILM = "film"


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that goes where its photograph goes. ``size``: its bytes, 0 where nobody looked."""

    path: str
    kind: CompanionKind
    size: int = 0


@dataclass(frozen=True, slots=True)
class Shot:
    """One photograph of a folder: the path of its face, and its companions by path.

    ``films`` are paths that may be its film by their names; the films themselves have to prove it.
    """

    face: str
    companions: tuple[Companion, ...] = ()
    films: tuple[str, ...] = ()


def shots(paths: Iterable[str]) -> list[Shot]:
    """Tell which files of one folder are one photograph; give all photographs by path, in any order of the files.

    Names count without case. Every file belongs to one photograph at most, and no face to another one.
    """
    # Nothing goes with another unless their names begin alike; most files of a large folder are alone by that.
    alike: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        alike[_beginning(path)].append(path)
    found: list[Shot] = []
    for some in alike.values():
        found += _shots_of(some) if len(some) > 1 else _shot_alone(some[0])
    return sorted(found, key=lambda shot: shot.face)


def pairing(face: str, companions: Sequence[Companion]) -> str:
    """Say in the form that photographers know that a RAW is there: RAW+J or, beside a HEIC, RAW+H; empty if none is."""
    if not any(companion.kind is CompanionKind.RAW for companion in companions):
        return ""
    return "RAW+J" if split(_lower(face))[1] in JPEG_SUFFIXES else "RAW+H"


def mark(face: str, companions: Sequence[Companion]) -> str:
    """Say in one short word each what goes along: ``RAW+J +XMP``, or ``+MOV``."""
    rest = [split(_lower(one.path))[1] for one in companions if one.kind is not CompanionKind.RAW]
    suffixes = (f"+{suffix.removeprefix('.').upper()}" for suffix in dict.fromkeys(rest))
    return " ".join(filter(None, (pairing(face, companions), *suffixes)))


_KINDS = {
    ".xmp": CompanionKind.SIDECAR,
    ".aae": CompanionKind.SIDECAR,
    ".pp3": CompanionKind.SIDECAR,
    ".dop": CompanionKind.SIDECAR,
    ".thm": CompanionKind.SIDECAR,
    ".wav": CompanionKind.SOUND,
    ".mp": CompanionKind.FILM,
    ".mov": CompanionKind.FILM,
    ".mp4": CompanionKind.FILM,
}
_TO_PROVE = frozenset({".mov", ".mp4"})
"""A film may have the name of a photograph by chance: cameras count both by one counter, or by two."""
_OF_WHOLE_NAMES = frozenset({".xmp", ".pp3", ".dop"})
"""Sidecars that are also called after the whole name of their file, such as ``name.nef.xmp``."""
_APPLE_DOUBLE = "._"
_PIXEL_RAW = re.compile(r"(.+)\.raw-\d\d(?:\.mp)?\.(?:cover|original)")
_APPLE_EDIT = re.compile(r"img_e(\d+)")
_APPLE_ORIGINAL = re.compile(r"img_o(\d+)")


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    stem: str
    suffix: str

    @property
    def shot_name(self) -> str:
        """What pictures of one shot have in common; no stem of a file can be taken for a Pixel's, which has a slash."""
        pixel = _PIXEL_RAW.fullmatch(self.stem) if ".raw-" in self.stem else None
        return self.stem if pixel is None else f"{pixel[1]}/raw"


@dataclass(slots=True, eq=False)
class _Draft:
    """A photograph as it is put together; ``joined``: it turned out to be a part of another one."""

    name: str
    face: _File
    pictures: list[_File]
    companions: list[Companion] = field(default_factory=list)
    films: list[str] = field(default_factory=list)
    joined: bool = False

    def shot(self) -> Shot:
        companions = tuple(sorted(self.companions, key=lambda companion: companion.path))
        return Shot(self.face.path, companions, tuple(sorted(self.films)))


_Owners = dict[str, _Draft | None]
"""To which photograph a name leads; to none where it leads to several."""


def _shots_of(paths: Sequence[str]) -> list[Shot]:
    """Tell which of some files whose names begin alike are one photograph."""
    pictures, rest = _sorted_out(paths)
    drafts = _paired(pictures)
    _join_edits(drafts, {_lower(file.path) for file in rest})
    _attach(drafts, rest)
    return [draft.shot() for draft in drafts if not draft.joined]


def _shot_alone(path: str) -> list[Shot]:
    name = path.rpartition("/")[2]
    return [Shot(path)] if claims_picture(name) and not name.startswith(_APPLE_DOUBLE) else []


def _beginning(path: str) -> str:
    """Give what the names of all files of one shot begin with: up to the first dot, and as an iPhone's original."""
    name = _lower(path).partition(".")[0]
    return "img_" + name[5:] if name.startswith(("img_e", "img_o")) else name


def _lower(path: str) -> str:
    return path.rpartition("/")[2].lower()


def _sorted_out(paths: Iterable[str]) -> tuple[list[_File], list[_File]]:
    """Give the pictures, and the files that may be companions of one; what macOS notes of its files is neither."""
    pictures, rest = [], []
    for path in paths:
        name = path.rpartition("/")[2]
        if name.startswith(_APPLE_DOUBLE):
            continue
        file = _File(path, *split(name))
        if claims_picture(name):
            pictures.append(file)
        elif file.suffix in _KINDS:
            rest.append(file)
    return pictures, rest


def _paired(pictures: Iterable[_File]) -> list[_Draft]:
    """Put pictures of one shot together; where more of them have its name than one shot can leave, all stay apart."""
    alike: dict[str, list[_File]] = defaultdict(list)
    for file in pictures:
        alike[file.shot_name].append(file)
    drafts = []
    for name, files in alike.items():
        face = _face(files) if len(files) > 1 else None
        if face is None:
            drafts += [_Draft(name, file, [file]) for file in files]
            continue
        draft = _Draft(name, face, files)
        draft.companions += [_picture(file) for file in files if file is not face]
        drafts.append(draft)
    return drafts


def _face(files: Sequence[_File]) -> _File | None:
    """Give the face of pictures that are one shot: one RAW with a JPEG, a HEIC, or one of each; None if they are not.

    Without a RAW, two pictures may be a conversion, which is to be found as a copy.
    """
    raws = [file for file in files if claims_raw(file.path)]
    jpegs = [file for file in files if file.suffix in JPEG_SUFFIXES]
    heifs = [file for file in files if file.suffix in HEIF_SUFFIXES]
    if len(raws) != 1 or len(jpegs) > 1 or len(heifs) > 1 or len(files) != 1 + len(jpegs) + len(heifs):
        return None
    return next(iter(jpegs + heifs), None)


def _picture(file: _File) -> Companion:
    return Companion(file.path, CompanionKind.RAW if claims_raw(file.path) else CompanionKind.RENDERING)


def _join_edits(drafts: Sequence[_Draft], names: set[str]) -> None:
    """Join ``IMG_E1234``, what an iPhone made of ``IMG_1234`` when it was edited.

    The notes of that edit have to be there, as they always are: two phones may have come to the same number.
    """
    by_name: dict[str, list[_Draft]] = defaultdict(list)
    for draft in drafts:
        by_name[draft.name].append(draft)
    for name, edits in by_name.items():
        number = _APPLE_EDIT.fullmatch(name)
        if number is None:
            continue
        originals = by_name.get(f"img_{number[1]}", [])
        noted = not names.isdisjoint({f"img_{number[1]}.aae", f"img_o{number[1]}.aae"})
        if noted and len(edits) == len(originals) == 1:
            edit, original = edits[0], originals[0]
            original.companions += [_picture(file) for file in edit.pictures]
            original.pictures += edit.pictures
            edit.joined = True


def _attach(drafts: Iterable[_Draft], rest: Iterable[_File]) -> None:
    """Give sidecars, sounds and films to the one photograph that each can belong to."""
    by_stem: _Owners = {}
    by_name: _Owners = {}
    for draft in drafts:
        for file in () if draft.joined else draft.pictures:
            _claim(by_stem, file.stem, draft)
            _claim(by_name, file.stem + file.suffix, draft)
    for file in rest:
        if file.suffix in _OF_WHOLE_NAMES and file.stem in by_name:
            owners = {by_name[file.stem]}
        else:
            owners = {by_stem[stem] for stem in _stems_of(file) if stem in by_stem}
        owner = owners.pop() if len(owners) == 1 else None
        if owner is None:
            continue
        if file.suffix in _TO_PROVE:
            owner.films.append(file.path)
        else:
            owner.companions.append(Companion(file.path, _KINDS[file.suffix]))


def _claim(owners: _Owners, name: str, draft: _Draft) -> None:
    owners[name] = draft if owners.get(name, draft) is draft else None


def _stems_of(file: _File) -> set[str]:
    """Give the stems that the photograph of a file may have. The film ``x.MP`` is that of ``x.MP.jpg`` or ``x.jpg``."""
    if file.suffix == ".mp":
        return {file.stem, file.stem + file.suffix}
    original = _APPLE_ORIGINAL.fullmatch(file.stem) if file.suffix == ".aae" else None
    return {file.stem} if original is None else {f"img_{original[1]}"}
