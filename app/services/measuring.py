"""Step 7, measure: a closer look at the members of clusters, each once, whatever becomes of their clusters."""

from app.domain.qualities import Quality
from app.domain.tasks import Stage
from app.imaging.readers import Readers
from app.imaging.readings import MeasureAnswer, Unreadable
from app.progress import Progress
from app.store import Store

_BATCH = 64


def measure_members(store: Store, dataset_name: str, readers: Readers, progress: Progress) -> None:
    """Measure the members of clusters that nobody looked at closely, and note that their clusters are scored anew."""
    with store.read() as work:
        numbers = work.qualities.missing(work.datasets.id_of(dataset_name))
        digests = {path: digest for digest, path in work.files.paths_of(list(numbers)).items()}
    done, batch = 0, dict[int, Quality | str]()
    progress.report(Stage.MEASURE, 0, len(digests))
    for path, answer in readers.measure(digests):
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
