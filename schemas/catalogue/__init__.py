"""The catalogue: what may be counted, narrowed, measured and located, in which words.

Words are data here; what is done with them is code in `bulletin`.
"""

from schemas.catalogue.load import HOME, CatalogueError, load_catalogue
from schemas.catalogue.model import (
    Area,
    Catalogue,
    Correction,
    Dimension,
    Indicator,
    Label,
    Language,
    Member,
    MemberForm,
    PeriodForm,
    Unit,
)

__all__ = [
    "HOME",
    "Area",
    "Catalogue",
    "CatalogueError",
    "Correction",
    "Dimension",
    "Indicator",
    "Label",
    "Language",
    "Member",
    "MemberForm",
    "PeriodForm",
    "Unit",
    "load_catalogue",
]
