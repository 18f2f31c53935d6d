"""Step 7, measure: a closer look at the members of clusters, each once, whatever becomes of their clusters."""

from itertools import groupby

from app.domain.qualities import Quality, Search, further_search
from app.domain.tasks import Stage
from app.imaging.readers import Readers
from app.imaging.readings import MeasureAnswer, Unreadable
from app.progress import Progress
from app.store import Store

_BATCH = 64
_ROUNDS = 4
"""All at first, then faces where they may decide, small ones in one frame, and at last in all."""


def measure_members(store: Store, dataset_name: str, readers: Readers, progress: Progress) -> None:
    """Measure the members of clusters as far as it decides, and note that their clusters are scored anew."""
    progress.report(Stage.MEASURE, 0, 0)
    tried: set[tuple[bytes, Search]] = set()
    for _ in range(_ROUNDS):
        numbers, wanted = _wanted(store, dataset_name)
        wanted = {digest: search for digest, search in wanted.items() if (digest, search) not in tried}
        if not wanted:
            break
        tried |= set(wanted.items())
        _measure(store, numbers, wanted, readers, progress)


def _wanted(store: Store, dataset_name: str) -> tuple[dict[bytes, int], dict[bytes, Search]]:
    """Give the numbers of all members by their digests, and how those are to be looked at that still are."""
    with store.read() as work:
        members = work.qualities.searches(work.datasets.id_of(dataset_name))
    wanted: dict[bytes, Search] = {}
    for _, cluster in groupby(members, key=lambda one: one.cluster_id):
        wanted |= further_search(list(cluster))
    return {one.sha256: one.content_id for one in members}, wanted


def _measure(
    store: Store, numbers: dict[bytes, int], wanted: dict[bytes, Search], readers: Readers, progress: Progress
) -> None:
    with store.read() as work:
        paths = work.files.paths_of(list(wanted))
    digests = {path: digest for digest, path in paths.items()}
    done, batch = 0, dict[int, Quality | str]()
    progress.report(Stage.MEASURE, 0, len(digests))
    for (path, _), answer in readers.measure((path, wanted[digest]) for path, digest in digests.items()):
        found = _found(answer)
        if found is not None:
            batch[numbers[digests[path]]] = found
        done += 1
        if len(batch) >= _BATCH:
            _keep(store, batch)
            batch = {}
            progress.report(Stage.MEASURE, done, len(digests))
    _keep(store, batch)
    progress.report(Stage.MEASURE, done, len(digests))


def _found(answer: MeasureAnswer) -> Quality | str | None:
    """Give what is to be kept: measures, or why there are none; nothing of a file that may be better later."""
    if isinstance(answer, Quality):
        return answer
    return answer.reason if isinstance(answer, Unreadable) and answer.final else None


def _keep(store: Store, batch: dict[int, Quality | str]) -> None:
    with store.write() as work:
        work.qualities.put(batch)
        work.contents.unscore_mates(list(batch))
