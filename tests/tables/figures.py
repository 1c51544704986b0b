"""Made-up figures of a plausible size, from which the tables of `layouts.py` are filled."""

from decimal import Decimal

from schemas.catalogue import load_catalogue
from tests.tables.grid import Fact

SERIES: dict[str, tuple[str, str, str]] = {
    # December 2022, what a half-year adds, and what it is rounded to; a member stands behind the colon
    "internet_users": ("1067440000", "12480000", "10000"),
    "internet_users:residence=urban": ("759170000", "14320000", "10000"),
    "internet_users:residence=rural": ("308270000", "-1840000", "10000"),
    "internet_users:device=mobile": ("1065100000", "12610000", "10000"),
    "internet_users:sex=male": ("548660000", "6230000", "10000"),
    "internet_users:sex=female": ("518780000", "6250000", "10000"),
    "internet_users:age=10_19": ("152640000", "-2310000", "10000"),
    "internet_users:age=20_29": ("151570000", "1260000", "10000"),
    "internet_users:age=60_plus": ("153710000", "4450000", "10000"),
    "internet_penetration_rate": ("75.6", "0.9", "0.1"),
    "internet_penetration_rate:residence=urban": ("83.1", "0.6", "0.1"),
    "internet_penetration_rate:residence=rural": ("61.9", "2.3", "0.1"),
    "weekly_online_hours": ("26.7", "-0.3", "0.1"),
    "application_users:application=instant_messaging": ("1038070000", "10830000", "10000"),
    "application_users:application=online_video": ("1030570000", "18200000", "10000"),
    "application_users:application=short_video": ("1011850000", "20560000", "10000"),
    "application_users:application=online_payment": ("911440000", "21230000", "10000"),
    "application_users:application=online_shopping": ("845290000", "34890000", "10000"),
    "application_users:application=search_engine": ("801660000", "12480000", "10000"),
    "application_users:application=ride_hailing": ("436710000", "-17320000", "10000"),
    "application_users:application=online_medical": ("362540000", "25790000", "10000"),
    "application_usage_rate:application=instant_messaging": ("97.2", "-0.1", "0.1"),
    "application_usage_rate:application=online_video": ("96.5", "0.3", "0.1"),
    "application_usage_rate:application=short_video": ("94.8", "0.8", "0.1"),
    "application_usage_rate:application=online_payment": ("85.4", "1.1", "0.1"),
    "application_usage_rate:application=online_shopping": ("79.2", "1.4", "0.1"),
    "application_usage_rate:application=search_engine": ("75.1", "0.2", "0.1"),
    "application_usage_rate:application=ride_hailing": ("40.9", "-2.1", "0.1"),
    "application_usage_rate:application=online_medical": ("34.0", "2.2", "0.1"),
    "device_access_rate:device=mobile": ("99.8", "0.1", "0.1"),
    "device_access_rate:device=desktop": ("34.2", "-0.4", "0.1"),
    "device_access_rate:device=laptop": ("32.8", "-1.1", "0.1"),
    "device_access_rate:device=tv": ("25.9", "-1.7", "0.1"),
    "domain_names": ("34400000", "-1430000", "10000"),
    "domain_names:tld=cn": ("20101700", "12300", "100"),
    "domain_names:tld=com": ("8213400", "-412600", "100"),
    "websites": ("3873100", "-31200", "100"),
    "ipv4_addresses": ("391820000", "440000", "10000"),
    "ipv6_addresses": ("67369", "318", "1"),
    "mobile_apps": ("2581000", "-12000", "1000"),
    "mobile_base_stations": ("10830000", "394000", "1000"),
    "mobile_base_stations:technology=5g": ("2312000", "532000", "1000"),
    "mobile_base_stations:technology=4g": ("6029000", "131000", "1000"),
    "mobile_subscriptions": ("1683440000", "21870000", "10000"),
    "mobile_subscriptions:technology=5g": ("560870000", "122310000", "10000"),
    "fixed_broadband_subscriptions": ("589650000", "23190000", "10000"),
    "fixed_broadband_subscriptions:speed=100mbps_plus": ("553800000", "23460000", "10000"),
    "fixed_broadband_subscriptions:speed=1000mbps_plus": ("91750000", "35680000", "10000"),
    "iot_subscriptions": ("1844780000", "243610000", "10000"),
    "iptv_subscriptions": ("380090000", "10230000", "10000"),
    "optical_cable_length": ("59580000", "2360000", "10000"),
    "broadband_access_ports": ("1071160000", "32440000", "10000"),
    "mobile_data_traffic": ("261760000000000000000", "19830000000000000000", "10000000000000000"),
    "telecom_revenue": ("1580790000000", "48730000000", "10000000"),
    "telecom_business_volume": ("1749810000000", "141240000000", "10000000"),
    "online_retail_sales": ("13785300000000", "812400000000", "100000000"),
    "online_retail_sales:goods=physical": ("11964200000000", "531900000000", "100000000"),
}
BY_AREA = {
    "Beijing": ("19950000", "92.4", "31416000"),
    "Hebei": ("54020000", "72.8", "83247000"),
    "Jiangsu": ("69610000", "81.7", "101938000"),
    "Guangdong": ("108320000", "85.5", "167204000"),
    "Sichuan": ("59130000", "70.6", "91155000"),
    "Guizhou": ("26240000", "68.1", "43370000"),
    "CN": ("1092250000", "77.5", "1744230000"),
    "JP": ("106210000", "84.9", "205690000"),
    "IN": ("646340000", "43.4", "1143930000"),
    "US": ("308910000", "92.1", "372680000"),
    "GB": ("64520000", "96.7", "81850000"),
    "WORLD": ("5388000000", "67.4", "8890000000"),
}
"""Of each area the users, the penetration and the mobile subscriptions of December 2023, or of 2023."""
_AREA_INDICATORS = ("internet_users", "internet_penetration_rate", "mobile_subscriptions")


def level(indicator: str, period: str, member: str = "", area: str = "CN") -> Fact:
    """Return the level of the indicator, of a member such as `residence=urban`, at a month, year, half or quarter."""
    if area != "CN" or (indicator in _AREA_INDICATORS and period == "area"):
        value = Decimal(BY_AREA[area][_AREA_INDICATORS.index(indicator)])
        return _fact(indicator, value, "2023-12" if period == "area" else period, member, area)
    return _fact(indicator, _value(indicator, period, member), period, member, area)


def change(indicator: str, period: str, base: str, member: str = "") -> Fact:
    """Return the absolute change since the base period; of a rate in percentage points."""
    difference = _value(indicator, period, member) - _value(indicator, base, member)
    unit = _unit(indicator)
    unit = "percentage_point" if unit == "percent" else unit
    return _fact(indicator, difference, period, member, "CN", "change", unit)


def growth(indicator: str, period: str, base: str, member: str = "") -> Fact:
    """Return the growth rate since the base period, in percent with one decimal."""
    before = _value(indicator, base, member)
    rate = ((_value(indicator, period, member) - before) / before * 100).quantize(Decimal("0.1"))
    return _fact(indicator, rate or Decimal("0.1"), period, member, "CN", "growth_rate", "percent")


def share(indicator: str, period: str, member: str, value: str) -> Fact:
    """Return a share in percent."""
    return _fact(indicator, Decimal(value), period, member, "CN", "share", "percent")


def _fact(
    indicator: str,
    value: Decimal,
    period: str,
    member: str,
    area: str,
    measure: str = "level",
    unit: str | None = None,
) -> Fact:
    members = tuple(sorted(tuple(part.split("=")) for part in member.split(",") if part))
    direction = None if measure in ("level", "share") else "down" if value < 0 else "up"
    return Fact(
        indicator=indicator,
        value=abs(value),
        unit=unit or _unit(indicator),
        period=period,
        members=members,  # type: ignore[arg-type]
        area=area,
        measure=measure,
        direction=direction,
    )


def _unit(indicator: str) -> str:
    return load_catalogue().indicators[indicator].unit


def _value(indicator: str, period: str, member: str) -> Decimal:
    start, step, quantum = map(Decimal, SERIES[f"{indicator}:{member}".rstrip(":")])
    year, _, part = period.rpartition("/")[2].partition("-")
    month = {"": 12, "H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}.get(part) or int(part)
    value = start + step * ((int(year) - 2022) * 2 + Decimal(month - 12) / 6)
    if part.startswith(("Q", "H")):
        value = value / (4 if part[0] == "Q" else 2)
    elif "/" in period:  # from January on
        value = value * month / 12
    return (value / quantum).quantize(Decimal(1)) * quantum
