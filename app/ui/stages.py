"""What a task does in each stage, in words."""

from PySide6.QtCore import QCoreApplication

from app.domain.tasks import Stage

translate = QCoreApplication.translate


def heading(value: Stage) -> str:
    """Return what a task does in a stage, as a heading of the list of stages."""
    return {
        Stage.WAITING: translate("stages", "Wait"),
        Stage.SCAN: translate("stages", "Scan folders"),
        Stage.READ: translate("stages", "Read files"),
        Stage.FIRST: translate("stages", "First clusters"),
        Stage.DESCRIBE: translate("stages", "Look closer"),
        Stage.CANDIDATES: translate("stages", "Find candidates"),
        Stage.RELATE: translate("stages", "Compare"),
        Stage.GROUP: translate("stages", "Cluster"),
        Stage.MEASURE: translate("stages", "Measure"),
        Stage.SCORE: translate("stages", "Score"),
        Stage.ANNOUNCE: translate("stages", "Announce"),
    }[value]


def doing(value: Stage) -> str:
    """Return what a task is doing now."""
    return {
        Stage.WAITING: translate("stages", "Waiting for another task"),
        Stage.SCAN: translate("stages", "Scanning folders"),
        Stage.READ: translate("stages", "Reading files"),
        Stage.FIRST: translate("stages", "First clusters"),
        Stage.DESCRIBE: translate("stages", "Looking closer"),
        Stage.CANDIDATES: translate("stages", "Finding candidates"),
        Stage.RELATE: translate("stages", "Comparing"),
        Stage.GROUP: translate("stages", "Clustering"),
        Stage.MEASURE: translate("stages", "Measuring frames"),
        Stage.SCORE: translate("stages", "Scoring"),
        Stage.ANNOUNCE: translate("stages", "Finishing"),
    }[value]
