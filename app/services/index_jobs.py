"""Files indexed by hand (contract: IndexFileMeta, BatchIndexFileMeta): asked for at once, read a moment later.

What is asked for is in the catalogue before the answer; if the program ends too early, the next scan reads it.
"""

from collections.abc import Sequence

from app.contract.requests import BatchIndexFileMeta, IndexFileMeta
from app.domain.files import FileStatus, IndexJob, Stamp
from app.domain.identities import new_event_id
from app.domain.times import now
from app.errors import InvalidArgument
from app.events import Noun
from app.imaging.readers import Readers
from app.progress import SILENT
from app.services.companions import Companions
from app.services.indexing import index_files
from app.services.limits import check_room
from app.services.messages import tell_indexed
from app.services.walking import stamp_of
from app.store import Store

_MISSING = f"[{InvalidArgument.code}] File does not exist."
_NO_PICTURE = f"[{InvalidArgument.code}] It is no picture."


def create_index_job(store: Store, request: IndexFileMeta | BatchIndexFileMeta) -> IndexJob:
    """IndexFileMeta, BatchIndexFileMeta: note that files are to be read; this process will read them.

    Raises:
        ResourceNotFound: there is no such dataset.
        LimitExceeded: it takes no more files.
    """
    files = request.files if isinstance(request, BatchIndexFileMeta) else [request.file]
    stamps = {file.path: stamp for file in files if (stamp := stamp_of(file.path)) is not None}
    with store.write() as work:
        dataset = work.datasets.get(request.dataset_name)
        dataset_id = work.datasets.id_of(dataset.name)
        known = {record.path for record in work.files.records(dataset_id, list(stamps))}
        check_room(dataset, [stamp.size for path, stamp in stamps.items() if path not in known])
        for file in files:
            work.files.ask(dataset_id, file.path, file.custom_id, file.custom_labels)
        work.announce(Noun.FILES, request.dataset_name)
    return IndexJob(
        event_id=new_event_id(),
        request_id=request.request_id,
        dataset_name=request.dataset_name,
        paths=tuple(dict.fromkeys(file.path for file in files)),
        batch=isinstance(request, BatchIndexFileMeta),
        user_data=request.user_data,
        notification=request.notification.value(),
        start_time=now(),
    )


def run_index_job(store: Store, job: IndexJob, readers: Readers) -> list[tuple[str, str]]:
    """Read the files of a job, and tell; give each path with what was wrong with it, or an empty text.

    Raises:
        ResourceNotFound: the dataset is gone.
        Cancelled: the readers were closed; the next scan reads what is left.
    """
    stamps = {path: stamp for path in job.paths if (stamp := stamp_of(path)) is not None}
    index_files(store, job.dataset_name, stamps, readers, SILENT)
    faults = list(zip(job.paths, _faults(store, job, stamps), strict=True))
    tell_indexed(store, job, faults)
    return faults


def _faults(store: Store, job: IndexJob, stamps: dict[str, Stamp]) -> Sequence[str]:
    """Say of each file what was wrong with it; what is not there is not asked for any longer."""
    companions = Companions()
    with store.write() as work:
        dataset_id = work.datasets.id_of(job.dataset_name)
        work.places.note_companions(dataset_id, {path: companions.of(path) for path in stamps})
        work.files.drop_waiting(dataset_id, [path for path in job.paths if path not in stamps])
        known = {record.path: record for record in work.files.records(dataset_id, job.paths)}
    faults = []
    for path in job.paths:
        if path not in stamps:
            faults.append(_MISSING)
        elif path not in known:
            faults.append(_NO_PICTURE)
        elif known[path].status is FileStatus.UNREADABLE:
            faults.append(f"[{InvalidArgument.code}] {known[path].reason}.")
        else:
            faults.append("")
    return faults
