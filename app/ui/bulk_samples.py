"""What many suggestions come to together, and some of them to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from app.domain.steps import StepKind
from app.services import proposing
from app.services.proposing import Suggestion
from app.store import Store
from app.ui import words
from app.ui.words import translate

_MOST = 12


@dataclass(frozen=True, slots=True)
class BulkOffer:
    """``object_ids`` of all clusters, how many photographs of them would go, and their bytes; ``samples`` of them."""

    object_ids: tuple[str, ...]
    kept: int
    gone: int
    freed: int
    samples: tuple[Suggestion, ...]


def read_offer(store: Store, object_ids: Sequence[str]) -> BulkOffer:
    """Ask what would be kept of clusters; it may take long and belongs into a thread of reading."""
    found = [one for one in proposing.suggest(store, object_ids) if one.sure]
    members = [(one, member) for one in found for member in one.cluster.members]
    going = [member for one, member in members if member.path not in one.kept]
    # Not for secrets: any of them will do, and others at the next look.
    chosen = Random().sample(found, min(_MOST, len(found)))  # noqa: S311
    return BulkOffer(
        object_ids=tuple(one.cluster.object_id for one in found),
        kept=len(members) - len(going),
        gone=len(going),
        freed=sum(member.size for member in going),
        samples=tuple(chosen),
    )


def title(kind: StepKind) -> str:
    """Return what is asked."""
    if kind is StepKind.ACCEPT_COPIES:
        return translate("bulk", "Accept all exact copies?")
    return translate("bulk", "Accept all of high confidence?")


def totals(offer: BulkOffer) -> str:
    """Return "24 clusters: 24 photos kept, 96 photos rejected, 312 MB"."""
    text = translate("bulk", "{clusters}: {kept} kept, {gone} rejected, {size} to free")
    return text.format(
        clusters=words.clusters(len(offer.object_ids)),
        kept=words.photos(offer.kept),
        gone=words.photos(offer.gone),
        size=words.size(offer.freed),
    )


def act(offer: BulkOffer) -> str:
    """Return the name of the act for its button."""
    return translate("bulk", "Accept {clusters}, reject {photos}").format(
        clusters=words.clusters(len(offer.object_ids)), photos=words.photos(offer.gone)
    )


def told(sample: Suggestion) -> str:
    """Return the line over a sample: what it is, and how many of its photographs go."""
    cluster = sample.cluster
    gone = len(cluster.members) - len(sample.kept)
    parts = [words.kind(cluster.kind), translate("bulk", "{gone} of {photos} rejected")]
    if cluster.capture_time is not None:
        parts.insert(0, f"{words.camera_date(cluster.capture_time)}, {words.camera_time(cluster.capture_time)}")
    return words.SEPARATOR.join(parts).format(gone=words.number(gone), photos=words.photos(len(cluster.members)))


def spoken(sample: Suggestion) -> str:
    """Return what a screen reader says of a sample."""
    names = [
        [member.name for member in sample.cluster.members if (member.path in sample.kept) is kept]
        for kept in (True, False)
    ]
    kept, gone = (words.LIST_SEPARATOR.join(own) for own in names)
    return translate("bulk", "{what}. Kept: {kept}. Rejected: {gone}").format(what=told(sample), kept=kept, gone=gone)
