"""After downtime: of the runs that should have been, one is enough, for it finds all that is new."""

from logging import Logger, LoggerAdapter
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Cancelled
from prefect.types._datetime import now

WAITING = [StateType.SCHEDULED, StateType.PENDING]


def cancel_late_runs(deployment: str | None, own: UUID | None, logger: "Logger | LoggerAdapter[Any]") -> int:
    """Cancel the runs of the deployment that were due before now and have not begun; return how many there were."""
    if deployment is None:
        return 0
    due = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=WAITING)),
        next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=now("UTC")),  # type: ignore[arg-type]
    )
    of = DeploymentFilter(id=DeploymentFilterId(any_=[UUID(deployment)]))
    with get_client(sync_client=True) as client:
        late = [run for run in client.read_flow_runs(flow_run_filter=due, deployment_filter=of) if run.id != own]
        for run in late:
            client.set_flow_run_state(run.id, Cancelled(message="late: another run does its work"), force=True)
    if late:
        logger.info("%d runs that were late are cancelled: this one does their work", len(late))
    return len(late)
