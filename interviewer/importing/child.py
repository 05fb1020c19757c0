"""The process that reads one file: `python -m interviewer.importing.child FORMAT`, the file on standard input."""

import contextlib
import json
import sys
import warnings

from interviewer.importing.convert import UNREADABLE, parsed
from interviewer.importing.document import Unreadable
from interviewer.importing.sources import Format

MEMORY_BYTES = 2_000_000_000
CPU_SECONDS = 90


def limit() -> None:
    """Set limits of memory and time, where the system has them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> int:
    """Read, convert, and write the document as JSON, or the reason why not."""
    limit()
    warnings.simplefilter("ignore")
    try:
        document = parsed(Format[sys.argv[1]], sys.stdin.buffer.read())
        answer, status = json.dumps(document.to_data()), 0
    except Unreadable as error:
        answer, status = str(error), UNREADABLE
    except (MemoryError, RecursionError):
        answer, status = "needs too much memory to be read; split it or save it in another format", UNREADABLE
    sys.stdout.buffer.write(answer.encode(errors="replace"))
    return status


if __name__ == "__main__":
    sys.exit(main())
