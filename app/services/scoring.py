"""Step 7, score: the ImageScore of each member of a cluster, among the members of that cluster."""

from app.domain.scores import image_scores
from app.domain.tasks import Stage
from app.events import Noun
from app.progress import Progress
from app.services.choosing import follow_ladder
from app.store import Store

_BATCH = 200


def score(store: Store, dataset_name: str, progress: Progress) -> None:
    """Score the members of new and changed clusters, and keep the scores."""
    with store.read() as work:
        cluster_ids = work.contents.unscored(work.datasets.id_of(dataset_name))
    for start in range(0, len(cluster_ids), _BATCH):
        progress.report(Stage.SCORE, start, len(cluster_ids))
        with store.write() as work:
            for members in filter(None, work.contents.by_cluster(cluster_ids[start : start + _BATCH]).values()):
                scores = image_scores([stored.content for stored in members])
                work.contents.set_scores(
                    (stored.content_id, value) for stored, value in zip(members, scores, strict=True)
                )
            work.announce(Noun.CLUSTERS, dataset_name)
    progress.report(Stage.SCORE, len(cluster_ids), len(cluster_ids))
    follow_ladder(store, dataset_name)
