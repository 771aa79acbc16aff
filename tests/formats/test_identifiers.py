from __future__ import annotations

from typing import Any

import pytest

from sitegen.formats.identifiers import add_any, add_id, identifiers


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2405.15738v2", {"arxiv": "2405.15738"}),
        ("arXiv:2405.15738", {"arxiv": "2405.15738"}),
        ("https://arxiv.org/pdf/hep-th/9901001v1.pdf", {"arxiv": "hep-th/9901001"}),
        ("https://ARXIV.org/abs/2405.15738", {"arxiv": "2405.15738"}),
        ("https://huggingface.co/papers/2405.15738", {"arxiv": "2405.15738"}),
        ("https://doi.org/10.48550/arXiv.2405.15738", {"arxiv": "2405.15738"}),
        ("10.1000/ABC", {"doi": "10.1000/abc"}),
        ("https://doi.org/10.18653/v1/2024.acl-long.7", {"doi": "10.18653/v1/2024.acl-long.7",
                                                          "acl": "2024.acl-long.7"}),
        ("P08-1001", {"acl": "P08-1001"}),
        ("https://aclanthology.org/2025.gem-1.3/", {"acl": "2025.gem-1.3"}),
        ("4981e55ee4", {}),
        ("https://example.org/papers/17", {}),
        ("0UK8c2kg7c", {}),
        (17, {}),
        (None, {}),
        ("x" * 10_000, {}),
    ],
)  # fmt: skip
def test_any(written: Any, expected: dict[str, str]) -> None:
    found: dict[str, str] = {}
    add_any(found, written)
    assert found == expected


def test_schemes() -> None:
    found: dict[str, str] = {}
    add_id(found, "doi", "https://doi.org/10.48550/ARXIV.2405.15738")
    add_id(found, "arxiv", "2405.00001")  # the first one stays
    add_id(found, "doi", "doi:10.1000/X.")
    add_id(found, "pmid", 123456)
    add_id(found, "pubmed", "https://pubmed.ncbi.nlm.nih.gov/99/")
    add_id(found, "isbn", "978")
    add_id(found, "acl", True)
    assert found == {"arxiv": "2405.15738", "doi": "10.1000/x", "pmid": "123456"}


def test_identifiers_are_known_wherever_they_stand() -> None:
    find = identifiers
    assert find(arxiv="arXiv:2608.00001v2") == {"arxiv": "2608.00001"}
    assert find(doi="https://doi.org/10.48550/arXiv.2608.00001") == {"arxiv": "2608.00001"}
    assert find(doi="10.18653/V1/2025.gem-1.3", acl="2025.gem-1.3") == {
        "doi": "10.18653/v1/2025.gem-1.3",
        "acl": "2025.gem-1.3",
    }
    assert find(url="https://aclanthology.org/P08-1001/") == {"acl": "P08-1001"}
    assert find(arxiv="none", doi="none", acl="none", url="none") == {}
