"""Members of zip files: which names may be used, and what must not be unpacked."""

import zipfile

import pytest

from bulletin.zip_members import Flaw, flaw_of, unsafe_name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("2024/a.pdf", ""),
        ("a..b/c.txt", ""),
        ("报告.pdf", ""),
        ("../a", "it leads out of the archive"),
        ("a/../../b", "it leads out of the archive"),
        ("a\\..\\b", "it leads out of the archive"),
        ("/etc/passwd", "it is an absolute path"),
        ("\\\\host\\x", "it is an absolute path"),
        ("c:\\x", "it is an absolute path"),
        ("a\0.txt", "it holds control characters"),
        ("a\u202egpj.txt", "it holds control characters"),
        ("表\u3000一.xlsx", ""),
        ("a\\b", "it holds backslashes"),
        (".", "it is empty or too long"),
        ("a" * 1_001, "it is empty or too long"),
    ],
)
def test_names(name: str, reason: str) -> None:
    """A member's name that would lead out of a folder, or means different things to different programs, is unsafe."""
    assert unsafe_name(name) == reason


def member(size: int = 10, packed: int = 10, flags: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a")
    info.file_size, info.compress_size, info.flag_bits, info.compress_type = size, packed, flags, method
    return info


@pytest.mark.parametrize(
    ("info", "flaw"),
    [
        (member(), None),
        (member(method=zipfile.ZIP_STORED), None),
        (member(flags=1), Flaw.ENCRYPTED),
        (member(method=zipfile.ZIP_LZMA), Flaw.METHOD),
        (member(size=2_000, packed=20), None),
        (member(size=2_001, packed=20), Flaw.EXPANDS),
        (member(size=1_000, packed=0), None),
        (member(size=1_001, packed=0), Flaw.EXPANDS),
    ],
)
def test_flaws(info: zipfile.ZipInfo, flaw: Flaw | None) -> None:
    """What is encrypted, packed by other means, or beyond the free size expands past the ratio, is not unpacked."""
    assert flaw_of(info, ratio=100, free=1_000) is flaw
