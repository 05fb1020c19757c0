"""The packs of this user: material of their own, in the same format as the bank, each in a folder of its own."""

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from interviewer.content.check import check
from interviewer.content.library import Library
from interviewer.content.models import TopicsFile
from interviewer.content.roots import PACK_FILE, ContentRoot, pack_roots
from interviewer.content.source import InvalidFile, read_yaml
from interviewer.domain.base import Slug
from interviewer.domain.question import Topic
from interviewer.errors import ContentError, InvalidInput, NotFound, StorageError
from interviewer.files import write_atomically
from interviewer.importing import archives
from interviewer.importing.convert import convert
from interviewer.importing.document import Unreadable
from interviewer.importing.drafting import Drafter, RuleDrafter
from interviewer.importing.manifest import Manifest, digest, read_manifest, write_manifest
from interviewer.importing.material import Ids, Material, MaterialMaker
from interviewer.importing.merging import Merge
from interviewer.importing.pairing import paired
from interviewer.importing.sources import Remark, Source, sources
from interviewer.importing.writing import files, topics_text

NAME_CHARACTERS_AT_MOST = 24
LOCK_SECONDS = 60
RESERVED = {"bank", "built-in", "corpus", "rubrics"}


@dataclass(frozen=True)
class Pack:
    """A pack as it is listed; `wrong` says what is the matter with one that cannot be read."""

    name: str
    title: str
    path: Path
    questions: int
    drafts: int
    notes: int
    sources: int
    private: bool = False
    wrong: str = ""


@dataclass(frozen=True)
class Made:
    """Material with the name and the digest of what it was made from."""

    source: str
    digest: str
    material: Material


@dataclass(frozen=True)
class ImportReport:
    """What an import did. `remarks` have one line for each file that was left out or kept."""

    pack: Pack
    read: int
    unchanged: int
    remarks: tuple[Remark, ...]


class PackStore:
    """Packs in one folder. `changed` is called after each change, so that others look at them again."""

    def __init__(
        self,
        folder: Path,
        bank: Callable[[], Library] = Library,
        *,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._bank = bank
        self._changed = changed

    def packs(self) -> list[Pack]:
        """All packs by name."""
        return [_listed(root) for root in pack_roots(self._folder)]

    def pack(self, name: str) -> Pack:
        """The pack of this name; raises NotFound with the closest names."""
        return _listed(self._root(name))

    def import_files(
        self, paths: Iterable[Path], name: str, *, title: str = "", drafter: Drafter | None = None
    ) -> ImportReport:
        """Read files and folders into a pack, a new one or one to be brought up to date.

        `drafter` makes questions of prose; the rules do so unless told otherwise.
        What cannot be read is remarked upon, and the rest goes on. Raises InvalidInput for a name that cannot be
        one, and when nothing at all could be read; StorageError where the folder cannot be written.
        """
        name = pack_name(name)
        found = list(sources(paths))
        taken = [each for each in found if isinstance(each, Source)]
        remarks = [each for each in found if isinstance(each, Remark)]
        with self._changing():
            folder, manifest = self._opened(name, title)
            manifest = _renamed(manifest, taken)
            root = ContentRoot(folder, name)
            made, unchanged = self._made(root, manifest, taken, remarks, drafter=drafter or RuleDrafter())
            if not made and not unchanged:
                raise InvalidInput(_nothing(remarks))
            self._merge(folder, manifest, made, remarks)
        self._changed()
        return ImportReport(self.pack(name), len(made), unchanged, tuple(remarks))

    def put(self, made: Made, name: str, *, title: str = "", private: bool = False) -> ImportReport:
        """Put material that was not read from a file into a pack; what was edited there stays."""
        remarks: list[Remark] = []
        with self._changing():
            folder, manifest = self._opened(pack_name(name), title, private=private)
            self._merge(folder, manifest, [made], remarks)
        self._changed()
        return ImportReport(self.pack(name), 1, 0, tuple(remarks))

    def export(self, name: str, target: Path) -> Path:
        """Write a pack as one file that others can add; raises InvalidInput, or NotFound for an unknown one."""
        root = self._root(name)
        if _listed(root).private:
            raise InvalidInput(f"Pack {name!r} is private, made from a résumé. It is not exported.")
        target = target / f"{name}.zip" if target.is_dir() else target
        try:
            write_atomically(target, archives.packed(root))
        except OSError as error:
            raise InvalidInput(f"{target} cannot be written ({error.strerror}). Choose another place.") from None
        return target

    def add(self, archive: Path, name: str = "") -> Pack:
        """Install a pack that somebody exported; its content is checked first. Raises InvalidInput."""
        name = pack_name(name or archive.stem)
        with self._changing():
            if (self._folder / name).exists():
                raise InvalidInput(
                    f"There is a pack {name!r} already. Remove it, or add this one under another name."
                )
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=".new-") as new:
                unpacked = ContentRoot(Path(new) / name, name)
                archives.unpack(archive, unpacked.path)
                self._check(unpacked)
                unpacked.path.replace(self._folder / name)
        self._changed()
        return self.pack(name)

    def remove(self, name: str) -> None:
        """Delete a pack with all that was changed in it; interviews already held stay in the history."""
        root = self._root(name)
        with self._changing():
            # Renamed first: a deletion that is cut off leaves no half of a pack.
            gone = root.path.with_name(f".removed-{root.path.name}")
            shutil.rmtree(gone, ignore_errors=True)
            root.path.replace(gone)
            shutil.rmtree(gone, ignore_errors=True)
        self._changed()

    def _made(
        self,
        root: ContentRoot,
        manifest: Manifest,
        taken: Sequence[Source],
        remarks: list[Remark],
        *,
        drafter: Drafter,
    ) -> tuple[list[Made], int]:
        """The material of each source that is new or changed, and how many are neither."""
        fresh = [source for source in taken if not _is_known(source, manifest)]
        maker = self._maker(root, manifest, {source.name for source in fresh}, drafter)
        contents = {record.digest: known for known, record in manifest.sources.items()}
        made: list[Made] = []
        for source in fresh:
            same = contents.setdefault(digest(source.data), source.name)
            if same != source.name:
                remarks.append(Remark(source.name, f"has the same content as {same}; left out"))
                continue
            try:
                material = maker.make(paired(convert(source)), source.name)
            except Unreadable as error:
                remarks.append(Remark(source.name, str(error)))
                continue
            remarks += [Remark(source.name, remark) for remark in material.remarks]
            if material.questions or material.notes:
                made.append(Made(source.name, digest(source.data), material))
            else:
                remarks.append(Remark(source.name, "has no questions and no text to learn from; left out"))
        return made, len(taken) - len(fresh)

    def _maker(
        self, root: ContentRoot, manifest: Manifest, again: Collection[str], drafter: Drafter
    ) -> MaterialMaker:
        """What makes the material of sources that are read `again`, beside that of the others."""
        bank = self._bank()
        others = [path for name, record in manifest.sources.items() if name not in again for path in record.files]
        stems = {Path(path).stem for path in others}
        kept = (question for id, question in Library([root]).questions.items() if id in stems)
        told = {(question.prompt, question.reference_answer) for question in kept}
        return MaterialMaker(Ids(root.pack or "", {*bank.questions, *stems}), drafter, bank.topics, told)

    def _merge(self, folder: Path, manifest: Manifest, made: Sequence[Made], remarks: list[Remark]) -> None:
        merge = Merge.into(folder, manifest)
        topics: list[Topic] = []
        for each in made:
            merge.take(each.source, each.digest, files(each.material))
            topics += each.material.topics
        merge.finish({"corpus/topics.yaml": topics_text(_merged(folder, topics)).encode()})
        (folder / "rubrics").mkdir(exist_ok=True)
        write_manifest(folder, manifest.model_copy(update={"sources": merge.sources, "written": merge.written}))
        remarks += [Remark(path, message) for path, message in merge.remarks]

    def _opened(self, name: str, title: str, *, private: bool = False) -> tuple[Path, Manifest]:
        """The folder of a pack and its manifest, a fresh one for a new pack."""
        folder = self._folder / name
        if (folder / PACK_FILE).exists():
            return folder, read_manifest(folder)
        return folder, Manifest(title=title or name, private=private)

    def _check(self, root: ContentRoot) -> None:
        """Raises InvalidInput for content that is wrong, or that would pass for the bank's or another pack's."""
        bank = self._bank()
        try:
            read_manifest(root.path)
        except ContentError as error:
            raise InvalidInput(f"The pack cannot be added: {_inside(str(error), root)}.") from None
        content, problems = check(root, bank.topics)
        if problems:
            more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
            raise InvalidInput(f"The pack cannot be added: {_inside(str(problems[0]), root)}{more}.")
        others = Library([*bank.roots, *pack_roots(self._folder)])
        both = sorted(content.question_ids & others.questions.keys())
        if both:
            raise InvalidInput(
                f"The pack cannot be added: another pack or the bank has a question {both[0]!r} too."
            )

    def _root(self, name: str) -> ContentRoot:
        roots = {root.path.name: root for root in pack_roots(self._folder)}
        if name in roots:
            return roots[name]
        raise NotFound.of("pack", name, roots, "`interviewer packs` lists yours.")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Nobody else changes packs meanwhile; raises StorageError where that, or writing, is impossible."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / ".lock", timeout=LOCK_SECONDS):
                yield
        except Timeout:
            raise StorageError("Another import is running. Try again when it is done.") from None
        except OSError as error:
            raise StorageError(
                f"{self._folder} cannot be written ({error.strerror}). Set INTERVIEWER_DATA_DIR to another folder."
            ) from None


def pack_name(given: str) -> str:
    """The name of a pack; raises InvalidInput saying how one looks."""
    try:
        name = TypeAdapter(Slug).validate_python(given)
    except ValidationError:
        name = ""
    if not name or len(name) > NAME_CHARACTERS_AT_MOST or name in RESERVED:
        raise InvalidInput(
            f"{given[:40]!r} cannot be a pack's name. Use lower-case letters, digits and hyphens, at most "
            f"{NAME_CHARACTERS_AT_MOST}, as in my-notes."
        )
    return name


def _is_known(source: Source, manifest: Manifest) -> bool:
    record = manifest.sources.get(source.name)
    return record is not None and record.digest == digest(source.data)


def _renamed(manifest: Manifest, taken: Sequence[Source]) -> Manifest:
    """The manifest with files that have the same content under another name now known by that."""
    here = {source.name for source in taken}
    new = {digest(source.data): source.name for source in taken if source.name not in manifest.sources}
    names = {name: new.get(record.digest, name) for name, record in manifest.sources.items() if name not in here}
    sources = {names.get(name, name): record for name, record in manifest.sources.items()}
    return manifest.model_copy(update={"sources": sources})


def _merged(folder: Path, topics: Iterable[Topic]) -> list[Topic]:
    """Topics of the pack as they are, with their owner's changes, and the new ones."""
    path = folder / "corpus" / "topics.yaml"
    present = read_yaml(path, TopicsFile).topics if path.exists() else ()
    found = {topic.id: topic for topic in present}
    for topic in topics:
        found.setdefault(topic.id, topic)
    return list(found.values())


def _listed(root: ContentRoot) -> Pack:
    name, wrong = root.path.name, ""
    try:
        manifest = read_manifest(root.path)
    except InvalidFile as error:
        manifest, wrong = Manifest(title=name), str(error)
    library = Library([root])
    unread = len(list(root.corpus.glob("questions/*.md"))) - len(library.questions)
    if unread and not wrong:
        wrong = f"{unread} of its questions cannot be read; see: interviewer check {root.path}"
    return Pack(
        name=name,
        title=manifest.title,
        path=root.path,
        questions=len(library.questions),
        drafts=sum(question.draft for question in library.questions.values()),
        notes=sum(len(note.sections) for note in library.notes.values()),
        sources=len(manifest.sources),
        private=manifest.private,
        wrong=wrong,
    )


def _nothing(remarks: Collection[Remark]) -> str:
    if not remarks:
        return "Nothing was imported: there is no file in what you named."
    first = next(iter(remarks))
    more = f" ({len(remarks) - 1} more)" if len(remarks) > 1 else ""
    return f"Nothing was imported. {first}{more}."


def _inside(message: str, root: ContentRoot) -> str:
    """The message with paths as they are inside the pack."""
    return message.replace(f"{root.path}/", "")
