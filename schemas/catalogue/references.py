"""What an entry names that is not there: a unit, a dimension, a member, an area, a language."""

from collections.abc import Iterator

from schemas.catalogue.model import Catalogue, Difference, Indicator


def broken_indicators(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield what an indicator names that is not there: theme, id and what is wrong."""
    for indicator in catalogue.indicators.values():
        where = ("indicators", indicator.id)
        if indicator.unit not in catalogue.units:
            yield *where, f"unit {indicator.unit!r} is not in units.yml"
        for dimension in (*indicator.dimensions, *indicator.requires, *indicator.ratio_dimensions):
            if dimension not in catalogue.dimensions:
                yield *where, f"dimension {dimension!r} is not in dimensions.yml"
        for message in _broken_only(indicator, catalogue):
            yield *where, message
        for part in (*(indicator.ratio or ()), *([indicator.of_population] if indicator.of_population else ())):
            if part not in catalogue.indicators:
                yield *where, f"ratio names {part!r}, which is no indicator"
        if indicator.difference:
            for message in _broken_difference(indicator.difference, catalogue):
                yield *where, message
        for message in _broken_labels(indicator, catalogue):
            yield *where, message


def _broken_only(indicator: Indicator, catalogue: Catalogue) -> Iterator[str]:
    for dimension, members in indicator.only.items():
        for member in members:
            known = dimension in indicator.dimensions and dimension in catalogue.dimensions
            if not known or not catalogue.dimensions[dimension].holds(member):
                yield f"only names {dimension}: {member}, which is no member of a dimension of it"


def _broken_labels(indicator: Indicator, catalogue: Catalogue) -> Iterator[str]:
    for label in (label for labels in indicator.labels.values() for label in labels):
        for dimension in label.requires:
            if dimension not in catalogue.dimensions:
                yield f"label {label.text!r} requires {dimension!r}, which is no dimension"
        for dimension, member in label.members:
            if member not in getattr(catalogue.dimensions.get(dimension), "members", {}):
                yield f"label {label.text!r} names {dimension}: {member}, which is no member"


def _broken_difference(difference: Difference, catalogue: Catalogue) -> Iterator[str]:
    if difference.indicator not in catalogue.indicators:
        yield f"difference names {difference.indicator!r}, which is no indicator"
    dimension = catalogue.dimensions.get(difference.dimension)
    if dimension is None:
        yield f"difference names {difference.dimension!r}, which is no dimension"
        return
    for member in difference.members:
        if not dimension.holds(member):
            yield f"difference names {difference.dimension}: {member}, which is no member"


def broken_dimensions(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield what a dimension names that is not there: theme, id and what is wrong."""
    for dimension in catalogue.dimensions.values():
        named = [part for parts in dimension.partitions for part in parts]
        named += [member.within for member in dimension.members.values() if member.within]
        for name in named:
            if name not in dimension.members:
                yield "dimensions", dimension.id, f"{name!r} is none of its members"
        for form in dimension.forms:
            if form.language not in catalogue.languages:
                yield (
                    "dimensions",
                    dimension.id,
                    f"a form is in {form.language!r}, which is no language of the catalogue",
                )


def broken_places(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Yield the areas that an area or a unit names and that are not there: theme, id and what is wrong."""
    for area in catalogue.areas.values():
        if area.part_of and area.part_of not in catalogue.areas:
            yield "areas", area.id, f"it is part of {area.part_of!r}, which is no area"
        if area.within and area.within not in catalogue.areas:
            yield "areas", area.id, f"it is within {area.within!r}, which is no area"
    for unit in catalogue.units.values():
        if unit.area and unit.area not in catalogue.areas:
            yield "units", unit.id, f"its area {unit.area!r} is no area"
