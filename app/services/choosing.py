"""Choosing: the best shots of clusters by a ladder, or by a person, who outranks it."""

from collections.abc import Sequence

from app.domain.choices import Agreement, Choice, Proposer, Source, first_of
from app.domain.clusters import Cluster, by_score
from app.domain.files import FileMeta
from app.domain.ladders import Ladder
from app.domain.proposals import Proposal
from app.domain.times import now
from app.domain.uris import shown
from app.errors import InvalidArgument, ResourceNotFound
from app.events import Noun
from app.imaging.sidecars import Sidecars
from app.services.candidates import copy_clusters, propose
from app.services.ladders import check_ladder
from app.store import Store, Work

_BATCH = 200


def preview_ladder(store: Store, dataset_name: str, ladder: Ladder) -> list[Proposal]:
    """Say what a ladder would choose in each cluster of copies of a dataset; nothing is kept.

    It looks into the catalogue and into sidecars alone.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: the ladder is not valid.
    """
    check_ladder(ladder)
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        copies = copy_clusters(work, dataset_id, work.clusters.all(dataset_id))
    sidecars = Sidecars()
    return [propose(ladder, one, sidecars) for one in copies]


def apply_ladder(store: Store, dataset_name: str, ladder: Ladder) -> None:
    """Let a ladder choose in all clusters of copies of a dataset, and in those that come later.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: the ladder is not valid.
    """
    check_ladder(ladder)
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        work.datasets.set_ladder(dataset_id, ladder)
        work.clusters.loosen_choices(dataset_id, None)
        work.announce(Noun.DATASETS, dataset_name)
    follow_ladder(store, dataset_name)


def forget_ladder(store: Store, dataset_name: str) -> int:
    """Take back all choices of the ladder that a dataset follows, and follow none; tell how many there were.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        work.datasets.set_ladder(dataset_id, None)
        gone = work.choices.remove(dataset_id, Source.LADDER, None)
        work.announce(Noun.DATASETS, dataset_name)
        work.announce(Noun.CLUSTERS, dataset_name)
    return gone


def ladder_of(store: Store, dataset_name: str) -> Ladder | None:
    """Give the ladder that a dataset follows, if it follows one.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.datasets.ladder(work.datasets.id_of(dataset_name))


def follow_ladder(store: Store, dataset_name: str) -> None:
    """Let the ladder of a dataset, if it follows one, choose in the clusters that changed since it did last."""
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        ladder = work.datasets.ladder(dataset_id)
        numbers = [] if ladder is None else work.clusters.unclimbed(dataset_id)
    if ladder is None:
        return
    sidecars = Sidecars()
    for start in range(0, len(numbers), _BATCH):
        with store.read() as work:
            clusters = work.clusters.of(numbers[start : start + _BATCH])
            copies = copy_clusters(work, dataset_id, clusters)
        proposals = [propose(ladder, one, sidecars) for one in copies]
        with store.write() as work:
            if work.datasets.ladder(dataset_id) != ladder:
                return  # it was changed meanwhile, and whoever did so chooses anew
            _keep(work, dataset_id, ladder, clusters, proposals)
            work.announce(Noun.CLUSTERS, dataset_name)


def choose(store: Store, dataset_name: str, path: str) -> Choice:
    """Say as a person that a file is the best shot of its cluster, over the scores and any ladder.

    It is kept by content, with what was proposed at this moment.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not have the file.
        InvalidArgument: the file is in no cluster, or in a set that is kept whole.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        number, cluster, member = _member(work, dataset_name, path)
        if cluster.kind.protected:
            raise InvalidArgument(f"{shown(path)} is in a {cluster.kind}, which is kept whole: it has no best shot.")
        proposer, proposed = _proposed(work, number, cluster)
        choice = Choice(
            sha256=member.sha256,
            path=member.path,
            source=Source.PERSON,
            moment=now(),
            proposed_by=proposer,
            agreed=member == proposed,
        )
        work.choices.remove(dataset_id, Source.PERSON, [member.sha256 for member in cluster.members])
        work.choices.put(dataset_id, [choice])
        work.announce(Noun.CLUSTERS, dataset_name)
    return choice


def unchoose(store: Store, dataset_name: str, path: str) -> None:
    """Take back a person's choice, wherever its file lies now; the ladder or the scores decide again.

    Raises:
        ResourceNotFound: there is no such dataset, or no person chose this file in it.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        records = work.files.records(dataset_id, [path])
        digests = {record.content.sha256 for record in records if record.content is not None}
        made = [one for one in work.choices.all(dataset_id) if one.source is Source.PERSON]
        meant = [one.sha256 for one in made if one.sha256 in digests or one.path == path]
        if not work.choices.remove(dataset_id, Source.PERSON, meant):
            raise ResourceNotFound(f"You did not choose {shown(path)} in the dataset {dataset_name!r}.")
        work.announce(Noun.CLUSTERS, dataset_name)


def all_choices(store: Store, dataset_name: str) -> list[Choice]:
    """Give the choices of a dataset, those of the person first.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.choices.all(work.datasets.id_of(dataset_name))


def overruled(store: Store) -> Agreement:
    """Count how often a person chose, in all datasets, and how often other than was proposed."""
    with store.read() as work:
        return work.choices.agreement()


def _keep(
    work: Work, dataset_id: int, ladder: Ladder, clusters: Sequence[Cluster], proposals: Sequence[Proposal]
) -> None:
    """Keep what a ladder chose, in place of what it had chosen in these clusters."""
    moment = now()
    work.choices.remove(
        dataset_id, Source.LADDER, sorted({member.sha256 for one in clusters for member in one.members})
    )
    work.choices.put(
        dataset_id,
        [
            Choice(one.chosen.sha256, one.chosen.path, Source.LADDER, moment, ladder.name, one.because)
            for one in proposals
        ],
    )
    work.clusters.set_climbed(clusters)


def _member(work: Work, dataset_name: str, path: str) -> tuple[int, Cluster, FileMeta]:
    """Give a member of a cluster with the cluster and its number."""
    dataset_id = work.datasets.id_of(dataset_name)
    records = work.files.records(dataset_id, [path])
    if not records:
        raise ResourceNotFound(f"The dataset {dataset_name!r} has no file {shown(path)}.")
    content = records[0].content
    numbers = [] if content is None else work.clusters.holding(dataset_id, [content.sha256])
    if not numbers:
        raise InvalidArgument(f"{shown(path)} is in no cluster, so there is nothing to choose from.")
    (cluster,) = work.clusters.of(numbers)
    return numbers[0], cluster, next(member for member in cluster.members if member.path == path)


def _proposed(work: Work, number: int, cluster: Cluster) -> tuple[Proposer, FileMeta]:
    """Give what the program proposes, as if no person had chosen."""
    made = work.choices.of_clusters([number]).get(number, [])
    choice = first_of(one for one in made if one.source is Source.LADDER)
    chosen = None if choice is None else choice.of(cluster.members)
    return (Proposer.SCORE, by_score(cluster.members)[0]) if chosen is None else (Proposer.LADDER, chosen)
