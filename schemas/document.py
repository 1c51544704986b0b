"""The contract of a document as read."""

import pandera.pandas as pa

DOCUMENT = pa.DataFrameSchema(
    {
        "key": pa.Column(checks=pa.Check.str_length(1, 4096), description="Its path, or its id within a collection"),
        "sha256": pa.Column(checks=pa.Check.str_matches(r"^[0-9a-f]{64}$"), description="Hash of its bytes"),
        "published": pa.Column(
            nullable=True, checks=pa.Check.str_matches(r"^\d{4}(?:-\d{2}){0,2}$"), description="ISO date of release"
        ),
        "language": pa.Column(nullable=True, checks=pa.Check.str_matches(r"^[a-z]{2,3}(?:-\w+)*$")),
        "characters": pa.Column(checks=pa.Check.ge(0), description="Length of its text and of its cells' texts"),
    },
    strict=False,
    name="document",
)
