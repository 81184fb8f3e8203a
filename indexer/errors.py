"""Everything that can go wrong on purpose.

::

    DuibiaoError            its text is shown to the user and says what to do next
    ├── Skip                a page holds no report; the reason is recorded
    ├── BadQuery            the question or a filter cannot be understood (HTTP 400)
    ├── NotFound            no such report, zone or theme (HTTP 404)
    ├── NoIndex             what is stored can't be asked or written (HTTP 503)
    │   ├── NothingBuilt    no page was added, or nothing built of them yet
    │   ├── Damaged         a file is missing, cut or changed
    │   ├── OtherVersion    written by another version of the program
    │   ├── Unreadable      it is there and can't be opened: permissions, too many open files
    │   ├── Unwritable      a full disk, a folder that may not be written to
    │   ├── Unreachable     the cluster that holds the passages doesn't answer, or not in time
    │   └── Interrupted     replaced under our hands, or a helper process died: trying again helps
    ├── Busy                another build holds the data folder
    ├── BadInput            a file given to a command is not what it should be
    ├── FetchFailed         a page could not be fetched
    └── BadSetup            config.toml or a table in corpus/ is wrong
        └── BadRow          a row of a table; whoever knows the file names it
"""

from __future__ import annotations

import re

from indexer.locale import CHINESE, catalogue, language, say, speaking


class DuibiaoError(Exception):
    """Root of the tree. ``key`` names a sentence of the catalogue (``indexer/locale``), ``values`` fill it in;
    ``str(error)`` is that sentence in the language of whoever asks. ``parameter`` among the values, whether the
    sentence holds it or not, is the name of the one that is wrong."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return say(self.key, **self.values)

    @property
    def recorded(self) -> str:
        """The sentence to be stored: Chinese, whoever asked, so that records of all times look alike."""
        with speaking(CHINESE):
            return str(self)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.key, self.values)  # survives the way back from a worker process


def _again(kind: type[DuibiaoError], key: str, values: dict[str, object]) -> DuibiaoError:
    return kind(key, **values)


class Skip(DuibiaoError):
    """A page that carries no report.

    ``code`` is one word for programs, stored and counted (``list_page``, ``soft_404``, ``moved``, ``http_503`` …);
    ``skip.<code>`` is its general sentence, which fills nothing in, ``skip.<code>_<variant>`` a nearer one.
    """

    def __init__(self, code: str, variant: str = "", /, **values: object) -> None:
        super().__init__(_key_of(code) + (f"_{variant}" if variant else ""), **values)
        self.code = code
        self.variant = variant

    @property
    def message(self) -> str:
        """A sentence for people."""
        return say(self.key, **self.values)

    @property
    def recorded(self) -> str:
        with speaking(CHINESE):
            return self.message

    @property
    def reason(self) -> str:
        """Code and sentence to be stored as one text."""
        return f"{self.code}: {self.recorded}"

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        return _skip_again, (self.code, self.variant, self.values)


def _skip_again(code: str, variant: str, values: dict[str, object]) -> Skip:
    return Skip(code, variant, **values)


class StoredSkip(Skip):
    """A Skip as it was stored: Chinese is told the stored sentence, other languages the general one of its code."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.stored = sentence

    @property
    def message(self) -> str:
        general = language() != CHINESE and self.key in catalogue(CHINESE)  # else a code of another version
        return say(self.key) if general else self.stored

    def __reduce__(self) -> tuple[object, ...]:
        return StoredSkip, (self.code, self.stored)


def _key_of(code: str) -> str:
    return f"skip.{re.sub('_[0-9]{3}$', '', code)}" if code.startswith("http_") else f"skip.{code}"


class BadQuery(DuibiaoError):
    """The question or one of its filters cannot be understood."""


class NotFound(DuibiaoError):
    """Nothing of that name is stored."""


class NoIndex(DuibiaoError):
    """What is stored cannot be asked or written. Its text is for whoever runs the program; readers of the pages get a
    sentence of their own for the ``code`` (webapp/errors.py)."""

    code = "no_index"


class NothingBuilt(NoIndex):
    """No page was added, or nothing built of them yet."""

    code = "nothing_built"


class Damaged(NoIndex):
    """A file is missing, cut, or not what was written."""

    code = "damaged"


class OtherVersion(NoIndex):
    """Written by another version of the program."""

    code = "other_version"


class Unreadable(NoIndex):
    """It is there and cannot be opened: permissions, too many open files."""

    code = "unreadable"


class Unwritable(NoIndex):
    """A full disk, or a folder that may not be written to."""

    code = "unwritable"


class Unreachable(NoIndex):
    """The cluster that holds the passages doesn't answer, or not in time."""

    code = "unreachable"


class Interrupted(NoIndex):
    """Replaced under our hands, or a helper process died. Trying again helps."""

    code = "interrupted"


class Busy(DuibiaoError):
    """Another build is running on the same data folder."""


class BadInput(DuibiaoError):
    """A file given to a command cannot be read, or not as what it should be."""


class FetchFailed(DuibiaoError):
    """A page could not be fetched."""


class BadSetup(DuibiaoError):
    """config.toml or a table it names cannot be used as it is."""


class BadRow(BadSetup, ValueError):
    """A row of a table is not what it should be."""
