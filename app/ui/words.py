"""The window's words for values of the domain: counts, sizes, times, kinds and states."""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTimeZone

from app.domain.clusters import ClusterKind
from app.domain.datasets import Binding, BindingPhase, BindingState
from app.domain.files import FileMeta
from app.domain.tasks import Stage, Status, Task
from app.ui import stages

translate = QCoreApplication.translate
SEPARATOR = " · "
SEPARATOR_WIDE = "  ·  "
LIST_SEPARATOR = ", "
NOTHING = "–"  # noqa: RUF001 (the sign for an empty cell)


def number(value: int) -> str:
    """Return a count with the language's separator of thousands."""
    return QLocale().toString(value)


def size(value: int) -> str:
    """Return bytes in the unit that a person reads, such as 2.3 MB."""
    return QLocale().formattedDataSize(value, 0 if value < 1_000_000 else 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def photos(count: int) -> str:
    """Return "12 photos"."""
    return translate("words", "1 photo") if count == 1 else translate("words", "%Ln photos", "", count)


def clusters(count: int) -> str:
    """Return "12 clusters"."""
    return translate("words", "1 cluster") if count == 1 else translate("words", "%Ln clusters", "", count)


def unreadable(count: int) -> str:
    """Return "12 files could not be read"."""
    if count == 1:
        return translate("words", "1 file could not be read")
    return translate("words", "%Ln files could not be read", "", count)


def clusters_found(count: int) -> str:
    """Return what a task came to, such as "12 clusters found"."""
    if count == 0:
        return translate("words", "no similar photos found")
    if count == 1:
        return translate("words", "1 cluster found")
    return translate("words", "%Ln clusters found", "", count)


def freed(value: int) -> str:
    """Return how many bytes are taken by all but the best."""
    return translate("words", "{size} could be freed").format(size=size(value))


def kept_whole() -> str:
    """Return what the header of a set says that is kept whole, in place of bytes to free."""
    return translate("words", "Kept whole: nothing to free")


def freed_of(value: int, total: int) -> str:
    """Return how many of a cluster's bytes are taken by all but the best."""
    return translate("words", "{size} of {total} could be freed").format(size=size(value), total=size(total))


def kind(value: ClusterKind) -> str:
    """Return what a cluster is."""
    return {
        ClusterKind.BURST: translate("words", "Burst"),
        ClusterKind.BRACKET: translate("words", "Bracket"),
        ClusterKind.FOCUS_STACK: translate("words", "Focus stack"),
        ClusterKind.NEAR: translate("words", "Near duplicates"),
        ClusterKind.EXACT: translate("words", "Exact copies"),
    }[value]


def so_far(done: int, total: int) -> str:
    """Return "8,204 of 12,480", or the count alone where nobody knows the end."""
    if not total:
        return number(done) if done else ""
    return translate("words", "{done} of {total}").format(done=number(done), total=number(total))


def rate(per_second: float, stage: Stage) -> str:
    """Return how many are done in a second."""
    count = number(round(per_second)) if per_second >= 10 else _tenths(per_second)
    if stage in (Stage.SCAN, Stage.READ):
        return translate("words", "{count} files/s").format(count=count)
    return translate("words", "{count}/s").format(count=count)


def duration(seconds: float) -> str:
    """Return a time span in at most two units, such as 3 min 52 s."""
    whole = round(seconds)
    if whole < 60:
        return translate("words", "{seconds} s").format(seconds=whole)
    if whole < 3600:
        return translate("words", "{minutes} min {seconds} s").format(minutes=whole // 60, seconds=f"{whole % 60:02}")
    return translate("words", "{hours} h {minutes} min").format(hours=whole // 3600, minutes=f"{whole // 60 % 60:02}")


def left(seconds: float) -> str:
    """Return about how long a stage will still take."""
    if seconds < 60:
        return translate("words", "less than 1 min left")
    if seconds < 5400:
        return translate("words", "about {minutes} min left").format(minutes=round(seconds / 60))
    return translate("words", "about {hours} h left").format(hours=round(seconds / 3600))


def span(microseconds: int) -> str:
    """Return the time between the first and the last photograph of a cluster."""
    seconds = microseconds / 1e6
    if seconds < 10:
        return translate("words", "{seconds} s").format(seconds=_tenths(seconds))
    if seconds < 120:
        return translate("words", "{seconds} s").format(seconds=round(seconds))
    if seconds < 7200:
        return translate("words", "{minutes} min").format(minutes=round(seconds / 60))
    if seconds < 48 * 3600:
        return translate("words", "{hours} h").format(hours=round(seconds / 3600))
    days = round(seconds / 86400)
    if days < 730:
        return translate("words", "{days} days").format(days=days)
    return translate("words", "{years} years").format(years=round(days / 365.25))


def camera_time(microseconds: int) -> str:
    """Return the hour of a capture time; the camera's clock counts as it stands, without a zone."""
    return str(_camera(microseconds).toString("HH:mm:ss"))


def camera_date(microseconds: int) -> str:
    """Return the day of a capture time."""
    return QLocale().toString(_camera(microseconds), translate("words", "MMM d, yyyy"))


def _camera(microseconds: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(microseconds // 1000, QTimeZone.utc())


def _tenths(value: float) -> str:
    return QLocale().toString(value, ord("f"), 1)


def moment(nanoseconds: int) -> str:
    """Return when something happened, by the clock of this computer: "today 14:06:21", "Nov 21, 16:45:10"."""
    then = QDateTime.fromMSecsSinceEpoch(nanoseconds // 10**6)
    clock = then.toString("HH:mm:ss")
    days = then.date().daysTo(QDate.currentDate())
    if days == 0:
        return translate("words", "today {time}").format(time=clock)
    if days == 1:
        return translate("words", "yesterday {time}").format(time=clock)
    return QLocale().toString(then, translate("words", "MMM d, HH:mm:ss"))


def status(task: Task) -> str:
    """Return the word of the contract for where a task is; who waits or was stopped reads so beside it."""
    if task.status is Status.RUNNING:
        waiting = task.stage is Stage.WAITING
        return translate("words", "Waiting") if waiting else translate("words", "Running")
    return translate("words", "Succeeded") if task.status is Status.SUCCEEDED else translate("words", "Failed")


def status_icon(task: Task) -> tuple[str, str]:
    """Return the icon of a task's status and the token of its colour."""
    if task.status is Status.RUNNING:
        return ("circle", "text2") if task.stage is Stage.WAITING else ("loader-circle", "text1")
    if task.status is Status.SUCCEEDED:
        return "circle-check", "keep"
    return ("circle-stop", "text2") if task.code == "Canceled" else ("octagon-x", "reject")


def result(task: Task) -> str:
    """Return in one line what a task came to."""
    if task.status is Status.RUNNING:
        return translate("words", "Stopping") if task.cancel_requested else stages.doing(task.stage)
    if task.status is Status.FAILED:
        return f"{task.code}: {task.message}" if task.message else task.code
    if task.counts.skipped:
        return unreadable(task.counts.skipped)
    return clusters_found(task.counts.clusters)


def binding_state(binding: Binding) -> tuple[str, str, str]:
    """Return the icon of a binding's state, the token of its colour, and the word."""
    if binding.state is BindingState.RUNNING and binding.phase is BindingPhase.FULL:
        return "refresh-cw", "text2", translate("words", "scanning")
    return {
        BindingState.READY: ("circle", "text2", translate("words", "waiting")),
        BindingState.RUNNING: ("eye", "text2", translate("words", "watching")),
        BindingState.RETRYING: ("unplug", "warn", translate("words", "offline")),
        BindingState.STOPPED: ("pause", "text2", translate("words", "paused")),
        BindingState.FAILED: ("octagon-x", "reject", translate("words", "failed")),
        BindingState.DELETED: ("circle-stop", "text2", translate("words", "removed")),
    }[binding.state]


def binding_help(binding: Binding) -> str:
    """Return why a folder is as it is, and what can be done where it cannot be opened."""
    reason = binding.reason or binding_state(binding)[2]
    if binding.state is not BindingState.RETRYING:
        return reason
    return SEPARATOR.join((reason, translate("words", "If the folder was moved, use Locate folder…")))


def is_read_first(binding: Binding) -> bool:
    """Tell whether a folder is read for the first time, or is about to be."""
    return binding.phase is BindingPhase.FULL and binding.state in {BindingState.READY, BindingState.RUNNING}


def is_watching(binding: Binding) -> bool:
    """Tell whether a folder was seen whole and is watched, as it should be."""
    return binding.state is BindingState.RUNNING and binding.phase is BindingPhase.INCREMENTAL


def best() -> str:
    """Return the word on the badge of a cluster's best photograph."""
    return translate("words", "Best")


def kept() -> str:
    """Return the word on the badge of a photograph that is proposed to be kept beside the best."""
    return translate("words", "Keep")


def rank(place: int, count: int) -> str:
    """Return "3/5"."""
    return f"{place}/{count}"


def rank_spoken(place: int, count: int) -> str:
    """Return the rank as a screen reader says it; 0 is that of a set which is kept whole."""
    if place == 0:
        return translate("words", "kept whole")
    if place == 1:
        return translate("words", "best")
    return translate("words", "rank {place} of {count}").format(place=place, count=count)


def details(file: FileMeta) -> str:
    """Return the second line of a caption: pixels and the bytes of all its files."""
    return SEPARATOR.join((pixels(file), size(file.size)))


def pixels(file: FileMeta) -> str:
    """Return the width and height of a photograph."""
    return f"{file.header.width} × {file.header.height}"  # noqa: RUF001 (times sign)


def offline() -> str:
    """Return what is said of a dataset whose folder cannot be opened."""
    return translate("words", "Drive not connected, clusters kept")


def binding_phase(binding: Binding) -> str:
    """Return what a binding does now."""
    if binding.phase is BindingPhase.FULL:
        return translate("words", "Full scan")
    return translate("words", "Watching for changes")


def ended(title: str, task: Task) -> str:
    """Return what a task came to, such as "Garden: 84 clusters found, 2 files could not be read"."""
    if task.status is Status.FAILED:
        return f"{title}: {task.message or task.code}"
    parts = [clusters_found(task.counts.clusters)]
    if task.counts.skipped:
        parts.append(unreadable(task.counts.skipped))
    return f"{title}: {LIST_SEPARATOR.join(parts)}"
