"""Why two photographs are, or are not, in one cluster."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.pairs import Alikeness, Pair


class Reason(StrEnum):
    """What decides of two photographs, the strongest first."""

    SAME_FILE = "same file"
    SAME_BYTES = "same bytes"
    SAID_SAME = "said same"
    """A person said so."""
    SAID_DIFFERENT = "said different"
    RELATED = "related"
    """The evidence between the two is enough."""
    THROUGH = "through"
    """Both belong to a third one, however unlike they are themselves."""
    TOO_FAINT = "too faint"
    """The evidence is less than the dataset asks for."""
    OTHER_EXPOSURE = "other exposure"
    """The dataset wants copies only, and these are two exposures."""
    ONE_FOLDER = "one folder"
    """The dataset wants clusters across folders only, and these lie in one."""
    CUT = "cut"
    """The evidence is enough, but both belong more to others, and a chain of likenesses is cut."""
    UNLIKE = "unlike"
    """Nothing speaks for the two."""
    NOT_COMPARED = "not compared"
    """No task has compared them yet."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two photographs are together or apart.

    ``pair`` is what is known of the two, nothing for one content; ``looked_at``: whether hashes, embeddings or time
    spoke for them at all, so that one was laid on the other by a task. ``through``: the path of the third.
    ``gap``: microseconds between their exposures by one camera's clock, if that can be told.
    """

    together: bool
    reason: Reason
    alikeness: Alikeness
    pair: Pair | None = None
    looked_at: bool = False
    through: str = ""
    gap: int | None = None
    one_camera: bool = False

    @property
    def remedy(self) -> Alikeness | None:
        """The setting under which the evidence between the two would count; None if there is none, or it counts."""
        if self.together or self.pair is None:
            return None
        match self.reason:
            case Reason.TOO_FAINT:
                return Alikeness(self.pair.strength, self.alikeness.copies_only, self.alikeness.across_folders)
            case Reason.OTHER_EXPOSURE:
                return Alikeness(self.alikeness.strength, across_folders=self.alikeness.across_folders)
            case Reason.ONE_FOLDER:
                return Alikeness(self.alikeness.strength, self.alikeness.copies_only)
            case _:
                return None
