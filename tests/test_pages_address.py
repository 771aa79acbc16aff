from __future__ import annotations

import pytest

from sitegen.config import web_folder
from sitegen.pages_address import doubt, pages_address

PAPERS = "https://ann.github.io/Papers/"
OWN = "https://ann.github.io/"


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/ann/Papers.git", PAPERS),
        ("https://github.com/ann/Papers", PAPERS),
        ("https://github.com/ann/Papers/", PAPERS),
        ("https://www.github.com/ann/Papers.git", PAPERS),
        ("https://ann:ghp_secret@github.com/ann/Papers.git", PAPERS),
        ("http://github.com/ann/Papers", PAPERS),
        ("git://github.com/ann/Papers.git", PAPERS),
        ("git@github.com:ann/Papers.git", PAPERS),
        ("git@GitHub.com:Ann/Papers.git", PAPERS),
        ("github.com:ann/Papers", PAPERS),
        ("git@github.com:/ann/Papers.git", PAPERS),
        ("git@github.com-work:ann/Papers.git", PAPERS),
        ("org-1234@github.com:ann/Papers.git", PAPERS),
        ("ssh://git@github.com/ann/Papers.git", PAPERS),
        ("ssh://git@ssh.github.com:443/ann/Papers.git", PAPERS),
        ("https://github.com/ann/Papers.of.today.git", "https://ann.github.io/Papers.of.today/"),
        ("https://github.com/ann/ann.github.io.git", OWN),
        ("git@github.com:Ann/Ann.GitHub.io.git", OWN),
        ("https://github.com/ann/bob.github.io", "https://ann.github.io/bob.github.io/"),
        ("https://gitlab.com/ann/papers.git", ""),
        ("https://github.com.evil.example/ann/papers", ""),
        ("https://notgithub.com/ann/papers", ""),
        ("https://example.org/github.com/ann/papers", ""),
        ("https://github.com/ann", ""),
        ("https://github.com/ann/papers/extra", ""),
        ("/srv/git/github.com:ann/papers.git", ""),
        ("../papers.git", ""),
        ("file:///srv/papers.git", ""),
        ("", ""),
    ],
)
def test_by_the_remote(remote, address):
    assert pages_address(remote) == address
    assert web_folder(address) == address  # it can stand in site.toml as it is


@pytest.mark.parametrize(
    ("cname", "address"),
    [
        ("papers.example.org", "https://papers.example.org/"),
        (" Papers.Example.ORG\n", "https://papers.example.org/"),
        ("xn--bcher-kva.example", "https://xn--bcher-kva.example/"),
        ("", PAPERS),
        ("https://example.org/x", PAPERS),  # no domain: GitHub would not know what to do with it
        ("localhost", PAPERS),
    ],
)
def test_a_domain_of_its_own(cname, address):
    assert pages_address("git@github.com:ann/Papers.git", cname) == address
    if address != PAPERS:
        assert pages_address("/srv/papers.git", cname) == address


@pytest.mark.parametrize(
    ("base_url", "cname", "said"),
    [
        ("", "", ""),
        (PAPERS, "", ""),
        ("https://papers.example.org/", "papers.example.org", ""),
        # The owner's other domain, of which the repository knows nothing.
        ("https://ann.example/Papers/", "", ""),
        ("https://ann.github.io/papers/", "", PAPERS),
        (OWN, "", PAPERS),
        (PAPERS, "papers.example.org", "https://papers.example.org/"),
        ("https://papers.example.org/", "", "nothing tells GitHub about papers.example.org"),
    ],
)
def test_doubts_about_an_address(base_url, cname, said):
    found = doubt(base_url, "git@github.com:ann/Papers.git", cname)
    assert said in found
    assert bool(found) == bool(said)
    assert doubt("https://example.org/", "/srv/papers.git") == ""
