"""One unit of work: the repositories of one transaction, and the changes to announce after its commit."""

from sqlalchemy.orm import Session

from app.events import Change, Noun
from app.store.bindings import Bindings
from app.store.choices import Choices
from app.store.clusters import Clusters
from app.store.contents import Contents
from app.store.corrections import Corrections
from app.store.datasets import Datasets
from app.store.decisions import Decisions
from app.store.deletions import Deletions
from app.store.files import Files
from app.store.ladders import Ladders
from app.store.news import News
from app.store.pairs import Pairs
from app.store.places import Places
from app.store.qualities import Qualities
from app.store.ratings import Ratings
from app.store.tasks import Tasks
from app.store.written_sidecars import WrittenSidecars


class Work:
    """A transaction, by nouns."""

    def __init__(self, session: Session) -> None:
        self.datasets = Datasets(session)
        self.bindings = Bindings(session)
        self.files = Files(session)
        self.places = Places(session)
        self.contents = Contents(session)
        self.pairs = Pairs(session)
        self.clusters = Clusters(session)
        self.corrections = Corrections(session)
        self.qualities = Qualities(session)
        self.ratings = Ratings(session)
        self.ladders = Ladders(session)
        self.choices = Choices(session)
        self.decisions = Decisions(session)
        self.deletions = Deletions(session)
        self.written_sidecars = WrittenSidecars(session)
        self.tasks = Tasks(session)
        self.news = News(session)
        self.changes: set[Change] = set()

    def announce(self, noun: Noun, dataset_name: str) -> None:
        """Say after the commit that this changed."""
        self.changes.add(Change(noun, dataset_name))
