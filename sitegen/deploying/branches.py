"""The branch of a remote that shows a site: what it holds, and how it takes another commit."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import ghp_import

from ..errors import PublicationError, UsageError
from . import trees
from .repository import Repository, without_credentials
from .target import Target


class Branch:
    """A branch of a remote, as it was when it was asked for. `tip` is its commit, "" for none.

    The maintainer's own branches are left alone: a commit is made on one that is gone afterwards.
    """

    def __init__(self, repository: Repository, target: Target) -> None:
        self._repository = repository
        self._target = target
        self._name = f"refs/heads/{target.branch}"
        self.remote_address = _remote_address(repository, target.remote)
        if repository.ask("check-ref-format", self._name) is None:
            raise UsageError(
                f"a branch cannot be called {target.branch!r}", hint="such as --branch gh-pages"
            )
        self.tip = self._fetched()
        self.tree = self._tree(self.tip) if self.tip else {}

    def _fetched(self) -> str:
        remote = self._target.remote
        failed = f"the remote {remote} ({self.remote_address}) cannot be asked"
        hint = f"try: git ls-remote {remote}"
        listed = self._repository.do(failed, "ls-remote", remote, self._name, hint=hint)
        pairs = (line.split("\t") for line in listed.decode(errors="replace").splitlines())
        tip = next((commit for commit, name in pairs if name == self._name), "")
        if tip and self._repository.ask("cat-file", "-e", f"{tip}^{{commit}}") is None:
            fetch = ("fetch", "--no-tags", "--quiet", remote, self._name)
            self._repository.do(failed, *fetch, hint=hint)
        return tip

    @property
    def has_history(self) -> bool:
        """Whether the branch has more than one commit."""
        return self._repository.ask("rev-parse", "--verify", "--quiet", f"{self.tip}^") is not None

    def _tree(self, commit: str) -> dict[str, str]:
        listing = self._repository.do(
            f"{commit} cannot be read", "ls-tree", "-r", "-z", "--full-tree", commit
        )
        return trees.of_listing(listing)

    def read(self, path: str) -> bytes:
        """A file of the branch; nothing for one that is not there."""
        if path not in self.tree:
            return b""
        return self._repository.do(
            f"{path} cannot be read", "cat-file", "blob", f"{self.tip}:{path}"
        )

    @property
    def algorithm(self) -> str:
        """How git names contents in this repository: "sha1", or "sha256"."""
        return self._repository.ask("rev-parse", "--show-object-format") or "sha1"

    def publish(self, folder: Path, expected: trees.Tree) -> str:
        """Make a commit of a folder that holds what is expected, and push it; its name.

        Raises PublicationError where the folder holds something else, or the remote refuses.
        """
        draft = f"sitegen-deploy-{os.getpid()}"
        try:
            commit = self._committed(folder, draft)
            held = self._tree(commit) if commit else {}
            if differs := trees.difference(held, expected):
                raise PublicationError(
                    f"this is not what was checked: {differs} is another file now",
                    file=str(folder),
                    hint="let nothing else write there, and deploy again",
                )
            self._push(draft)
        finally:
            self._repository.ask("update-ref", "-d", f"refs/heads/{draft}")
        return commit

    def _committed(self, folder: Path, draft: str) -> str:
        branch = f"refs/heads/{draft}"
        if self.tip and not self._target.single_commit:
            self._repository.do("git cannot begin a commit", "update-ref", branch, self.tip)
        folder = folder.resolve()
        # It works in the current folder, asks the environment who commits, and tells a failure by
        # whatever exception comes of it, or not at all.
        try:
            with contextlib.chdir(self._repository.top), self._somebody():
                ghp_import.ghp_import(
                    str(folder),
                    remote=self._target.remote,
                    branch=draft,
                    mesg=self._target.message or self._message(),
                    nojekyll=not (folder / trees.NO_JEKYLL).exists(),
                )
        except (ghp_import.GhpError, OSError, TypeError, ValueError) as error:
            said = getattr(error, "message", "") or str(error)
            raise PublicationError(
                f"git did not take the site: {said}", file=str(folder)
            ) from error
        return self._repository.ask("rev-parse", "--verify", "--quiet", branch) or ""

    @contextlib.contextmanager
    def _somebody(self) -> Iterator[None]:
        """A name for the commit where git has none, as on a machine that only builds."""
        missing = {
            "GIT_COMMITTER_NAME": ("user.name", "sitegen"),
            "GIT_COMMITTER_EMAIL": ("user.email", "sitegen@localhost"),
        }
        given = {
            variable: default
            for variable, (key, default) in missing.items()
            if variable not in os.environ and not self._repository.ask("config", key)
        }
        os.environ.update(given)
        try:
            yield
        finally:
            for variable in given:
                del os.environ[variable]

    def _message(self) -> str:
        commit = self._repository.ask("rev-parse", "--short", "HEAD")
        if commit is None:
            return "The site"
        changed = self._repository.ask("status", "--porcelain", "--untracked-files=no")
        return f"The site of {commit}{', with changes that are not committed' if changed else ''}"

    def _push(self, draft: str) -> None:
        """Push, if the branch is still where it was."""
        self._repository.do(
            f"{self._target.remote} ({self.remote_address}) did not take the branch",
            "push",
            f"--force-with-lease={self._name}:{self.tip}",
            self._target.remote,
            f"refs/heads/{draft}:{self._name}",
            hint="if somebody else published meanwhile, deploy again",
        )


def _remote_address(repository: Repository, remote: str) -> str:
    """A remote's address, to be shown. Raises PublicationError where there is no such remote."""
    address = repository.ask("remote", "get-url", remote)
    if address is None:
        known = (repository.ask("remote") or "").split()
        raise PublicationError(
            f"there is no remote {remote!r} here",
            file=str(repository.top),
            hint=f"known here: {', '.join(known)}; give one with --remote"
            if known
            else f"git remote add {remote} ADDRESS",
        )
    return without_credentials(address)
