"""What the warehouse holds that new facts must agree with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from bulletin.check import Held
from bulletin.document_checks import Others, facts_sha256, source
from bulletin.lake import Place
from bulletin.model import Observation, Resolved
from bulletin.settings import WAIT
from bulletin.warehouse.earlier import earlier_facts
from bulletin.warehouse.series import narrowed_by
from bulletin.warehouse.store import Warehouse, is_there
from bulletin.warehouse.tables import make_ready
from schemas.catalogue import Catalogue
from schemas.rules import all_rules

WHOLE = 20_000
"""Facts up to which all of the same areas and indicators are fetched; of more, those within reach by their periods."""
NEIGHBOURS = 3
"""Periods on either side of one in reach that are fetched beside it: as many as rules on series need (`time.py`)."""
_COLUMNS = """f.observation_id, f.document_id, f.position, f.status, f.indicator, f.area, f.period, f.base_period,
    f.measure, f.direction, f.bound, f.unit, f.value, f.lower, f.upper, f.decimals, f.quote, f.address,
    d.document, d.sha256, d.publisher, d.published"""
_LIKE_THESE = """
    FROM fact_observation AS f JOIN current_document AS d USING (document_id)
    WHERE f.status IN ('accepted', 'quarantined')
        AND f.indicator IN (SELECT unnest($indicators)) AND f.area IN (SELECT unnest($areas))
        AND d.document NOT IN (SELECT unnest($documents)) AND f.observation_id NOT IN (SELECT unnest($foreign))
"""


def held_facts(path: Place, resolved: Sequence[Resolved], catalogue: Catalogue, wait: float = WAIT) -> Held:
    """Return the facts of other documents that could agree or disagree with these, and what else is known of them.

    They are those of the same areas, of the same indicators and of any that the catalogue ties to them by a ratio: no
    comparison reaches further. Of more than WHOLE only those are fetched that the new facts reach by their periods, and
    of the periods around them one statement for each publisher; only the former are judged anew.
    """
    if not resolved or not is_there(path):
        return Held()
    make_ready(path, catalogue, wait)
    with Warehouse(path, read_only=True, wait=wait) as warehouse:
        reach = _Reach(warehouse, resolved, catalogue)
        table = reach.facts()
        earlier = earlier_facts(warehouse, resolved, catalogue, reach.columns, reach.known_members)
        others = _others(warehouse, resolved)
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    issues = reach.issues
    dismissed = frozenset(issue["issue"] for issue in issues if issue["state"] == "dismissed")
    looked_at, held_back = _settled_by(frame, [issue for issue in issues if issue["state"] != "dismissed"])
    frame = frame.assign(held_back=frame["observation_id"].isin(held_back))
    return Held(frame, earlier, dismissed, looked_at, others)


_ISSUES = """
    WITH named AS (SELECT issue, unnest(observation_ids) AS observation_id FROM fact_issue),
    near AS (
        SELECT DISTINCT issue FROM named JOIN fact_observation AS f USING (observation_id)
        WHERE f.indicator IN (SELECT unnest($2)) AND f.area IN (SELECT unnest($3))
    ),
    staying AS (SELECT document_id FROM current_document WHERE document NOT IN (SELECT unnest($1))),
    broken AS (
        SELECT DISTINCT issue FROM named SEMI JOIN near USING (issue)
        JOIN fact_observation AS f USING (observation_id) ANTI JOIN staying USING (document_id)
    )
    SELECT issue, rule, state, severity, outcome, observation_ids FROM issue
    WHERE state = 'dismissed' OR (issue IN (FROM near) AND state IN ('open', 'accepted') AND (
        issue NOT IN (FROM broken)
        OR (severity = 'error' AND rule = 'vintages' AND document_id IN (FROM staying))
    ))
"""
"""Issues that are dismissed, or speak of facts of these indicators and areas, all of which are there still when these
documents are read anew.

One between two vintages of a document speaks of the later one.
"""


def _rules() -> set[str]:
    """Return the names of the rules whose findings a check judges anew."""
    return {rule.id for rule in all_rules()}


def _speaks_against(issue: Mapping[str, Any]) -> bool:
    return bool(issue["state"] != "dismissed" and issue["severity"] == "error" and issue["outcome"] == "fail")


def _settled_by(frame: pd.DataFrame, issues: Sequence[Mapping[str, Any]]) -> tuple[frozenset[str], list[int]]:
    """Return the open issues all of whose facts are here, one of them within reach, and the facts of the others."""
    here = set(frame["observation_id"].tolist())
    reached = set(frame.loc[frame["judged"], "observation_id"].tolist())
    ours = _rules()
    looked_at: set[str] = set()
    held_back: list[int] = []
    for issue in issues:
        facts = issue["observation_ids"]
        if issue["rule"] in ours and facts and here.issuperset(facts) and not reached.isdisjoint(facts):
            looked_at.add(issue["issue"])
        elif _speaks_against(issue):
            held_back += facts
    return frozenset(looked_at), held_back


class _Reach:
    """Which facts the new ones can be compared with."""

    def __init__(
        self,
        warehouse: Warehouse,
        resolved: Sequence[Resolved],
        catalogue: Catalogue,
    ) -> None:
        self.warehouse, self.catalogue = warehouse, catalogue
        facts = [fact for item in resolved for fact in item.facts if isinstance(fact, Observation)]
        documents = [item.document.key for item in resolved]
        indicators = sorted(tied_to({fact.indicator for fact in facts}, catalogue))
        areas = sorted({fact.area for fact in facts})
        self.issues = issues = warehouse.rows(_ISSUES, [documents, indicators, areas])
        ours = _rules()
        self.periods = {period for fact in facts for period in (fact.period, fact.base_period) if period}
        self.parameters: dict[str, Any] = {
            "indicators": indicators,
            "areas": areas,
            "documents": documents,
            # What breaks a contract, or a rule that a user wrote, is not judged by ours.
            "foreign": [
                fact
                for issue in issues
                if issue["rule"] not in ours and _speaks_against(issue)
                for fact in issue["observation_ids"]
            ],
        }
        self.doubted = [fact for issue in issues if issue["rule"] in ours for fact in issue["observation_ids"]]
        self.known_members = self._known_members()
        self.like_these = _LIKE_THESE + self.known_members

    def _known_members(self) -> str:
        """Return the condition that a fact is narrowed by dimensions of this catalogue only."""
        foreign = [name for name in narrowed_by(self.warehouse.connection) if name not in self.catalogue.dimensions]
        return "".join(f' AND f."{name}" IS NULL' for name in foreign)

    def facts(self) -> Any:
        """Return the facts as a table, ordered by id, with the flag `judged`."""
        if not self._ask("SELECT count(*) > $whole AS many" + self.like_these, whole=WHOLE).to_pylist()[0]["many"]:
            return self._ask(f"SELECT {self.columns}, true AS judged {self.like_these} ORDER BY f.observation_id")
        compared = self._compared()
        return self._ask(
            f"""
            WITH near AS (
                SELECT f.observation_id, hash({self._cell}, d.publisher) AS cell,
                    {{'accepted': f.status = 'accepted', 'day': coalesce(d.published, ''), 'id': -f.observation_id}}
                        AS preference,
                    coalesce(f.period IN (SELECT unnest($periods)), false)
                        OR coalesce(f.base_period IN (SELECT unnest($periods)), false) AS judged,
                    coalesce(f.period IN (SELECT unnest($compared)), false)
                        OR f.observation_id IN (SELECT unnest($doubted)) AS whole
                {self.like_these} AND (
                    f.period IN (SELECT unnest($around)) OR f.base_period IN (SELECT unnest($periods))
                    OR f.observation_id IN (SELECT unnest($doubted))
                )
            ), picked AS (
                SELECT observation_id, judged FROM near WHERE judged OR whole
                UNION ALL
                SELECT arg_max(observation_id, preference), false FROM near WHERE NOT judged AND NOT whole GROUP BY cell
            )
            SELECT {self.columns}, picked.judged
            FROM fact_observation AS f JOIN picked USING (observation_id) JOIN dim_document AS d USING (document_id)
            ORDER BY f.observation_id
            """,
            periods=sorted(self.periods),
            compared=sorted(compared),
            around=sorted(self._around(compared)),
            doubted=self.doubted,
        )

    @property
    def columns(self) -> str:
        """What is fetched of a fact `f` and its document `d`, as SQL."""
        return ", ".join((_COLUMNS, *(f'f."{name}"' for name in self.catalogue.dimensions)))

    @property
    def _cell(self) -> str:
        names = ("indicator", "area", "period", "base_period", "measure", *self.catalogue.dimensions)
        return ", ".join(f'f."{name}"' for name in names)

    def _ask(self, sql: str, **more: Any) -> Any:
        named = {**self.parameters, **more}
        return self.warehouse.table(sql, {name: value for name, value in named.items() if f"${name}" in sql})

    def _compared(self) -> set[str]:
        """Return the periods of the new facts, and those that a difference compares with one of them."""
        pairs = self._ask(
            f"SELECT DISTINCT f.period, f.base_period {self.like_these} AND f.base_period IS NOT NULL AND ("
            "f.period IN (SELECT unnest($periods)) OR f.base_period IN (SELECT unnest($periods)))",
            periods=sorted(self.periods),
        ).to_pylist()
        return self.periods | {period for pair in pairs for period in pair.values() if period}

    def _around(self, periods: Iterable[str]) -> set[str]:
        """Return the periods with their neighbours of the same length."""
        known = self._ask(f"SELECT DISTINCT f.period {self.like_these} AND f.period IS NOT NULL").to_pylist()
        by_form: dict[str, list[str]] = defaultdict(list)
        for period in sorted({row["period"] for row in known} | set(periods)):
            by_form[_form(period)].append(period)
        found = set(periods)
        for period in periods:
            line = by_form[_form(period)]
            at = line.index(period)
            found.update(line[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1])
        return found


def _form(period: str) -> str:
    """Return how a period is written: `0000-00` for 2021-12, `0000-H0` for a half."""
    return "".join("0" if character.isdigit() else character for character in period)


def _others(warehouse: Warehouse, resolved: Sequence[Resolved]) -> Others:
    """Return the yields of earlier documents of the same sources, and those that state the very same facts."""
    own = [item.document.key for item in resolved]
    hashes = [said for item in resolved if (said := facts_sha256(item))]
    counted = warehouse.rows(
        "SELECT source, media_type, facts, count(*) AS documents FROM ("
        "SELECT d.source, d.media_type, count(*) AS facts FROM current_document AS d "
        "JOIN fact_observation AS f USING (document_id) WHERE f.status != 'unresolved' AND d.refused IS NULL "
        "AND d.document NOT IN (SELECT unnest(?)) AND d.source IN (SELECT unnest(?)) "
        "GROUP BY d.document_id, d.source, d.media_type) GROUP BY ALL",
        [own, sorted({source(item.document)[0] for item in resolved})],
    )
    yields: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for row in counted:
        yields[row["source"], row["media_type"]][row["facts"]] = row["documents"]
    same: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for row in warehouse.rows(
        "SELECT document, language, facts_sha256 FROM current_document "
        "WHERE facts_sha256 IN (SELECT unnest(?)) AND document NOT IN (SELECT unnest(?)) ORDER BY document",
        [hashes, own],
    ):
        same[row["facts_sha256"]].append((row["document"], row["language"]))
    return Others(yields, same)


def tied_to(indicators: Iterable[str], catalogue: Catalogue) -> set[str]:
    """Return the indicators and all that ratios tie to them, directly or by others."""
    reached = set(indicators)
    ties = [{entry.id, *entry.ratio} for entry in catalogue.indicators.values() if entry.ratio]
    while True:
        more = set().union(*(tie for tie in ties if tie & reached)) - reached if ties else set()
        if not more:
            return reached
        reached |= more
