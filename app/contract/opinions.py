"""What is said of opinions: parts, remarks and confidence of the members of a cluster; nothing of it is IMM's."""

from app.contract.answers import Answer, cluster_answer
from app.domain.judgements import PRESETS, Ranking
from app.domain.opinions import MemberOpinion, Opinion
from app.domain.remarks import Remark
from app.domain.uris import uri_of


def opinion_answer(opinion: Opinion) -> Answer:
    """Give the cluster as the contract has it, and with each file what is thought of it."""
    return cluster_answer(opinion.cluster) | {
        "Kind": opinion.cluster.kind,
        "Confidence": opinion.confidence or "",
        "Files": [_member(member) for member in opinion.members],
    }


def ranking_answer(ranking: Ranking) -> Answer:
    """Give by what frames are ranked, with the weights that count."""
    weights = {part.title(): round(weight, 4) for part, weight in ranking.weights.items()}
    return {"Preset": ranking.preset, "Weights": weights, "Keep": ranking.keep, "Presets": sorted(PRESETS)}


def _member(member: MemberOpinion) -> Answer:
    parts = {} if member.judgement is None else member.judgement.parts
    return {
        "URI": uri_of(member.file.path),
        "ImageScore": member.file.image_score,
        "Proposed": member.kept,
        "Parts": {part.title(): value for part, value in parts.items()},
        "Reasons": [_remark(remark) for remark in member.remarks],
    }


def _remark(remark: Remark) -> Answer:
    given = {"Count": remark.count, "Of": remark.of, "Value": round(remark.value, 4), "Other": round(remark.other, 4)}
    answer: Answer = {"Reason": remark.ground} | {name: value for name, value in given.items() if value}
    regions = [dict(zip(("X", "Y", "Width", "Height"), region, strict=True)) for region in remark.regions]
    return answer | ({"Regions": regions} if regions else {})
