"""Why a dataset shows no clusters, in the words of its page."""

from PySide6.QtCore import QCoreApplication

from app.domain.datasets import BindingState, Dataset
from app.domain.pairs import AS_USUAL
from app.domain.tasks import Status
from app.ui import words
from app.ui.empty import EmptyState
from app.ui.overview import Overview

translate = QCoreApplication.translate


def say_why_empty(empty: EmptyState, overview: Overview, name: str) -> None:
    """Say it in the page's own place, and offer to add a folder where that helps."""
    dataset = overview.dataset(name)
    known = dataset.statistics.files if dataset else 0
    offline = dataset is not None and dataset.offline
    task = overview.last_task(name)
    looking = (
        translate("ClustersPage", "Looking for similar photos…"),
        translate("ClustersPage", "Clusters appear here as soon as they are found."),
    )
    if overview.is_busy(name):
        empty.say("scan-search", *looking, offer=False)
    elif offline and not known:
        sentence = translate(
            "ClustersPage", "The folder cannot be opened now. Connect its drive, or use Locate folder… if it was moved."
        )
        empty.say("unplug", translate("ClustersPage", "Drive not connected"), sentence, offer=False)
    elif task is not None and task.status is Status.FAILED:
        icon, _ = words.status_icon(task)
        empty.say(
            icon, translate("ClustersPage", "Not all photos were compared"), task.message or task.code, offer=False
        )
    elif dataset is not None and any(words.is_read_first(binding) for binding in dataset.bindings):
        empty.say("scan-search", *looking, offer=False)
    elif not known:
        _say_why_unknown(empty, dataset)
    else:
        sentence = (
            translate("ClustersPage", "{photos} were compared, and no two show the same picture.")
            if dataset is None or dataset.alikeness == AS_USUAL
            else translate(
                "ClustersPage", "{photos} were compared, and no two are what How alike asks for in this dataset."
            )
        )
        text = sentence.format(photos=words.photos(known))
        empty.say("images", translate("ClustersPage", "No similar photos found"), text, offer=False)


def _say_why_unknown(empty: EmptyState, dataset: Dataset | None) -> None:
    folders = dataset.bindings if dataset else ()
    if not folders:
        sentence = translate("ClustersPage", "Add a folder to find the photos in it that show the same picture.")
        empty.say("folder", translate("ClustersPage", "No folder is watched here"), sentence, offer=True)
    elif all(binding.state is BindingState.STOPPED for binding in folders):
        sentence = translate("ClustersPage", "Resume watching to look for photos in this folder.")
        empty.say("pause", translate("ClustersPage", "Watching is paused"), sentence, offer=False)
    else:
        sentence = translate(
            "ClustersPage", "ShotSift looked into all of its subfolders. Add a folder that holds photos."
        )
        empty.say("folder", translate("ClustersPage", "No photos in this folder"), sentence, offer=True)
