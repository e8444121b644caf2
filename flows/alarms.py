"""Tells somebody when a run fails or dies, when a source goes quiet, and when no run has ended for longer than the
schedule says.

The four alarms are automations of the Prefect server, so they can be seen, paused and changed in its UI. Where they go
is one address: a webhook (https://…, which gets JSON with ``title`` and ``text``) or any address of Apprise, such as
mailtos://… for e-mail, dingtalk://…, feishu://… or wecombot://….
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from prefect import get_client
from prefect.automations import AutomationCore
from prefect.blocks.notifications import AppriseNotificationBlock, CustomWebhookNotificationBlock
from prefect.events.actions import SendNotification
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.server.schemas.schedules import CronSchedule
from pydantic import SecretStr

from flows.showing import FAILED, TROUBLE

FLOW = "gazetteer"
_BLOCK = "fangzhi-alarm"
_GRACE = timedelta(hours=2)  # a morning's run over hundreds of hosts takes an hour and more
_DATES_LOOKED_AT = 12  # of a schedule, to find its longest gap: those of office hours repeat by the week
_CRASHED = "{{ flow_run.name }}: {{ flow_run.state.message }}\n{{ flow_run | ui_url }}"
_FAILED = (
    "{{ event.resource['prefect.resource.name'] }}: {{ event.payload['why'] }} ({{ event.payload['warehouse'] }})\n"
    "{{ event.payload['page'] }}"
)
_TROUBLE = (
    "{{ event.resource['prefect.resource.name'] }}: {{ event.payload['why'] }} ({{ event.payload['warehouse'] }})"
)


def set_alarms(address: str, crons: Sequence[str], timezone: str) -> list[str]:
    """Make the automations, or bring those that are there up to date; their names.

    Raises ValueError where ``address`` is none that Apprise knows.
    """
    block_id = _saved_block(address)
    made = []
    with get_client(sync_client=True) as client:
        for automation in _automations(block_id, crons, timezone):
            known = client.read_automations_by_name(automation.name)
            if known:
                client.update_automation(known[0].id, automation)
            else:
                client.create_automation(automation)
            made.append(automation.name)
    return made


def _saved_block(address: str) -> UUID:
    """The block that sends to ``address``, kept by the server, the address as its secret."""
    if address.startswith(("http://", "https://")):
        block: CustomWebhookNotificationBlock | AppriseNotificationBlock = CustomWebhookNotificationBlock(
            name="fangzhi",
            url=address,
            json_data={"title": "{{subject}}", "text": "{{body}}"},
            headers=None,
            cookies=None,
        )
    else:
        from apprise import Apprise  # noqa: PLC0415 (half a second that a webhook need not wait for)

        if not Apprise().add(address):
            raise ValueError(f"{address.partition('://')[0]}://… is no address that Apprise knows")
        block = AppriseNotificationBlock(url=SecretStr(address))
    saved = block.save(_BLOCK, overwrite=True)
    assert isinstance(saved, UUID)
    return saved


def _automations(block_id: UUID, crons: Sequence[str], timezone: str) -> Iterator[AutomationCore]:
    yield _at_once(
        block_id,
        "a run failed",
        "A run of the main job failed; the message names the source, page or check.",
        (FAILED, "fangzhi.run.*"),
        _FAILED,
    )
    yield _at_once(
        block_id,
        "a run crashed",
        "A run of the main job died, or its worker did; up to a quarter of an hour later.",
        ("prefect.flow-run.Crashed", "prefect.flow-run.*"),
        _CRASHED,
        {"prefect.resource.role": "flow", "prefect.resource.name": FLOW},
    )
    yield _at_once(
        block_id,
        "a source is in trouble",
        "A source failed in five runs one after the other, or brings nothing new any more.",
        (TROUBLE, "fangzhi.source.*"),
        _TROUBLE,
    )
    longest = max(_longest_gap(cron, timezone) for cron in crons) + _GRACE
    hours = longest.total_seconds() / 3600
    yield AutomationCore(
        name="fangzhi: no run has ended",
        description=f"No run of the main job has ended within {hours:,.0f} hours,"
        f" which is longer than the schedule's gaps.",
        trigger=EventTrigger(
            expect={"prefect.flow-run.Completed", "prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
            match={"prefect.resource.id": "prefect.flow-run.*"},
            match_related={"prefect.resource.role": "flow", "prefect.resource.name": FLOW},
            posture=Posture.Proactive,
            threshold=1,
            within=longest,
        ),
        actions=[
            SendNotification(
                block_document_id=block_id,
                subject="Fangzhi: no run has ended",
                body=f"No run has ended within {hours:,.0f} hours; is a worker alive?",
            )
        ],
    )


def _at_once(
    block_id: UUID,
    name: str,
    description: str,
    event: tuple[str, str],
    body: str,
    related: dict[str, str | list[str]] | None = None,
) -> AutomationCore:
    """An alarm for every event of this name and resource."""
    return AutomationCore(
        name=f"fangzhi: {name}",
        description=description,
        trigger=EventTrigger(
            expect={event[0]},
            match={"prefect.resource.id": event[1]},
            match_related=related or {},
            for_each={"prefect.resource.id"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[SendNotification(block_document_id=block_id, subject=f"Fangzhi: {name}", body=body)],
    )


def _longest_gap(cron: str, timezone: str) -> timedelta:
    dates = asyncio.run(CronSchedule(cron=cron, timezone=timezone).get_dates(_DATES_LOOKED_AT))
    return max((later - earlier for earlier, later in pairwise(dates)), default=timedelta(days=1))
