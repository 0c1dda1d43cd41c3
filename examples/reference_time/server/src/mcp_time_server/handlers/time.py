"""The two tools of the official time server."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ..contract import Context
from ..errors import InvalidTime, InvalidTimezone, MissingArgument
from ..models import (
    TimeConvertTimeArguments,
    TimeConvertTimeResult,
    TimeGetCurrentTimeArguments,
    TimeResult,
)


class Time:
    """Plain date arithmetic on the system's timezone data."""

    async def get_current_time(
        self, arguments: TimeGetCurrentTimeArguments, context: Context
    ) -> TimeResult:
        _require("timezone", arguments.timezone)
        zone = _zone(arguments.timezone)
        return _described(datetime.now(zone), arguments.timezone)

    async def convert_time(
        self, arguments: TimeConvertTimeArguments, context: Context
    ) -> TimeConvertTimeResult:
        _require("source_timezone", arguments.source_timezone)
        _require("target_timezone", arguments.target_timezone)
        source_zone, target_zone = (
            _zone(arguments.source_timezone),
            _zone(arguments.target_timezone),
        )
        source = _today_at(arguments.time, arguments.source_timezone, source_zone)
        target = source.astimezone(target_zone)
        hours = (
            (target.utcoffset() or timedelta()) - (source.utcoffset() or timedelta())
        ) / timedelta(hours=1)
        return TimeConvertTimeResult(
            source=_described(source, arguments.source_timezone),
            target=_described(target, arguments.target_timezone),
            time_difference=_difference(hours),
        )


def _require(argument: str, value: str) -> None:
    if not value:
        raise MissingArgument(f"Missing required argument: {argument}")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except Exception as error:  # zoneinfo raises many kinds: a missing file, a folder, a bad key
        raise InvalidTimezone(f"Invalid timezone: {error}") from error


def _today_at(text: str, zone_name: str, zone: ZoneInfo) -> datetime:
    try:
        clock = datetime.strptime(text, "%H:%M").time()
    except ValueError as error:
        raise InvalidTime("Invalid time format. Expected HH:MM [24-hour format]") from error
    moment = datetime.combine(datetime.now(zone).date(), clock, tzinfo=zone)
    # An hour that a clock change skips does not come back from UTC as it went.
    if datetime.fromtimestamp(moment.timestamp(), zone).replace(tzinfo=None) != moment.replace(
        tzinfo=None
    ):
        raise InvalidTime(
            f"Invalid time: {text} does not exist in {zone_name} on {moment.date().isoformat()}"
            " (skipped by a clock change)"
        )
    return moment


def _described(moment: datetime, zone_name: str) -> TimeResult:
    return TimeResult(
        timezone=zone_name,
        datetime=moment.isoformat(timespec="seconds"),
        day_of_week=moment.strftime("%A"),
        is_dst=bool(moment.dst()),
    )


def _difference(hours: float) -> str:
    if hours.is_integer():
        return f"{hours:+.1f}h"
    return f"{hours:+.2f}".rstrip("0").rstrip(".") + "h"
