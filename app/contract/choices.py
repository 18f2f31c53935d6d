"""Answers of our own about choices: ladders, proposals, best shots that were chosen, stars and labels."""

from dataclasses import asdict

from app.contract.answers import Answer
from app.domain.choices import Agreement, Choice
from app.domain.ladders import Because, Facts, Ladder
from app.domain.proposals import Proposal
from app.domain.ratings import RatedFile, Rating, WrittenFile
from app.domain.times import camera_time, rfc3339
from app.domain.uris import uri_of


def ladder_answer(ladder: Ladder) -> Answer:
    """A ladder with its rules in their order."""
    return {
        "Name": ladder.name,
        "Rules": [
            {"Rule": rung.rule, "Values": list(rung.listed), "Tolerance": rung.tolerance} for rung in ladder.rungs
        ],
    }


def proposal_answer(proposal: Proposal) -> Answer:
    """What a ladder would choose in one cluster."""
    return {
        "ObjectId": proposal.cluster.object_id,
        "Chosen": uri_of(proposal.chosen.path),
        "Because": because_answer(proposal.because),
        "Present": uri_of(proposal.cluster.members[0].path),
        "Differs": proposal.differs,
        "Protected": [uri_of(member.path) for member in proposal.protected],
        "Faults": list(proposal.faults),
    }


def choice_answer(choice: Choice) -> Answer:
    """A best shot that was chosen. ProposedBy and Agreed are those of a person's choice."""
    return {
        "URI": uri_of(choice.path),
        "FileHash": choice.sha256.hex(),
        "Source": choice.source,
        "Ladder": choice.ladder,
        "Because": because_answer(choice.because),
        "Time": rfc3339(choice.moment),
        "ProposedBy": choice.proposed_by,
        "Agreed": choice.agreed,
    }


def agreement_answer(agreement: Agreement) -> Answer:
    """How often a person chose other than was proposed."""
    return {
        "OverScores": agreement.over_scores,
        "OtherThanScores": agreement.other_than_scores,
        "OverLadders": agreement.over_ladders,
        "OtherThanLadders": agreement.other_than_ladders,
    }


def because_answer(because: Because | None) -> Answer | None:
    """What decided: the rule, and what it saw of the chosen file and of the next best."""
    if because is None:
        return None
    return {"Rule": because.rule, "Chosen": _facts(because.chosen), "Other": _facts(because.other)}


def rating_answer(file: RatedFile) -> Answer:
    """Stars and label of a file, and who says so."""
    return {
        "URI": uri_of(file.path),
        **_said(file.rating),
        "Given": None if file.given is None else _said(file.given),
        "Sidecar": None if file.sidecar is None else _said(file.sidecar),
        "InFile": _said(file.in_file),
        "Fault": file.fault,
    }


def written_answer(file: WrittenFile) -> Answer:
    """What became of the sidecar of a file."""
    sidecar = uri_of(file.sidecar) if file.sidecar else ""
    return {"URI": uri_of(file.path), "Sidecar": sidecar, "Changed": file.changed, "Fault": file.fault}


def _said(rating: Rating) -> Answer:
    return {"Stars": rating.stars, "Label": rating.label}


def _facts(facts: Facts) -> Answer:
    """Give what is filled, with times as text."""
    known = {name: value for name, value in asdict(facts).items() if value not in {None, "", 0} or name == "stars"}
    if facts.stars is None and not facts.label:
        known.pop("stars")
    if facts.capture_time is not None:
        known["capture_time"] = camera_time(facts.capture_time, None)
    if facts.file_time is not None:
        known["file_time"] = rfc3339(facts.file_time)
    return {name.title().replace("_", ""): value for name, value in known.items()}
