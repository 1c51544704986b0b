from typing import Any
from xml.etree import ElementTree as ET

from bulletin.report import render_junit
from tests.report import sample

REQUIRED = {
    "testsuite": {"name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"},
    "testcase": {"name", "classname", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "property": {"name", "value"},
}
CHILDREN = {
    "testsuites": ("testsuite",),
    "testsuite": ("properties", "testcase"),
    "properties": ("property",),
    "testcase": ("failure", "error", "skipped"),
}


def parsed(report: dict[str, Any]) -> ET.Element:
    return ET.fromstring(render_junit(report))


def test_junit_has_the_shape_of_the_schema() -> None:
    """Elements, their order, attributes and counts are those of the JUnit schemas, whatever the texts hold."""
    root = parsed(sample.report())
    assert root.tag == "testsuites"
    for element in root.iter():
        allowed = CHILDREN.get(element.tag, ())
        tags = [child.tag for child in element]
        assert set(tags) <= set(allowed)
        assert tags == sorted(tags, key=allowed.index)
        assert REQUIRED.get(element.tag, set()) <= set(element.attrib)
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        for state, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[state]) == len(suite.findall(f"testcase/{tag}"))
        assert suite.attrib["timestamp"] == "2026-11-24T01:02:03"


def test_junit_has_a_case_for_each_finding_and_one_for_what_held() -> None:
    """An error fails, a warning is skipped, and the counts of each rule stand in its name and properties."""
    root = parsed(sample.report())
    suite = root.find("testsuite[@package='parts_sum']")
    assert suite is not None
    names = [case.attrib["name"] for case in suite.findall("testcase")]
    assert names == ["40 passed, 1 failed, 12 not evaluable", f"{sample.WRONG['message']} [a1b2c3]"]
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert sample.PROPOSAL in (failure.text or "")
    assert "«2.55 billion»" in (failure.text or "")
    assert {p.attrib["name"]: p.attrib["value"] for p in suite.iter("property")}["passed"] == "40"
    assert root.attrib["failures"] == "1"
    assert root.attrib["skipped"] == "3"  # two warnings, and a rule with nothing to compare


def test_unreadable_document_is_an_error_of_the_suite() -> None:
    """A document that could not be read is no failed check but an error."""
    root = parsed(sample.report() | {"findings": [sample.finding("u", "unreadable", "It could not be read.")]})
    assert root.find("testsuite/testcase/error") is not None
    assert root.attrib["errors"] == "1"


def test_junit_leaves_out_what_no_xml_may_hold() -> None:
    """Control characters of a hostile document do not make the file unreadable."""
    text = render_junit(sample.report())
    assert not [c for c in text if ord(c) < 32 and c not in "\t\n\r"]
