"""Prove the tests sharp: take one guard away at a time, and see that a test notices.

    scripts/mutants.py [--machine] [part of a file's name …]

The mutants stand in tests/mutants/*.toml. Each is put into a copy of the project, where the tests
that it names must fail; they are asked first what they say of the project as it is. With --machine
all are tried on tests/test_publishing_machine.py alone, which needn't notice each.
Run by `make mutants`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
MACHINE = ["tests/test_publishing_machine.py"]
AT_ONCE = 2
PATIENCE = 600  # seconds; whoever never answers has been noticed
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?)(?:\[.*)?(?: - .*)?$", re.MULTILINE)


def mutants():
    """[{file, text, becomes, why, tests}] of all files."""
    files = sorted((ROOT / "tests/mutants").glob("*.toml"))
    return [each for file in files for each in tomllib.loads(file.read_text("utf-8"))["mutant"]]


def mutated(mutant, folder):
    """The path in ``folder`` and the text of the file with the guard gone. Raises ValueError."""
    path = folder / mutant["file"]
    text = path.read_text("utf-8")
    if text.count(mutant["text"]) != 1:
        raise ValueError(f"{mutant['file']}: texten finns {text.count(mutant['text'])} gånger")
    return path, text.replace(mutant["text"], mutant["becomes"])


def copied(folder):
    names = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(names, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    for name in listed.stdout.decode().split("\0")[:-1]:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    shutil.copy(ROOT / "tests/mutants/database.py", folder / "conftest.py")
    return folder


def ask(folder, tests, database):
    """(exit code of pytest, the first test that failed or the end of what was said)."""
    # A file that is changed twice in a second would be taken for its compiled self
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment["MUTANTS_DATABASE"] = str(folder.parent / "tables")
    if database:
        environment["DATABASE_URL"] = os.environ["POSTGRESQL"] + folder.name
    pytest = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
    try:
        answer = subprocess.run(  # noqa: S603
            [*pytest, *tests],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return 1, "tidsgränsen"
    failed = FAILED.search(answer.stdout)
    return answer.returncode, failed[1] if failed else (answer.stdout + answer.stderr)[-1500:]


def tried(mutant, folder, tests):
    """(whether it was noticed, the words for that)."""
    try:
        path, text = mutated(mutant, folder)
    except ValueError as error:
        return False, f"KAN INTE PROVAS: {error}"
    whole = path.read_text("utf-8")
    path.write_text(text, "utf-8")
    try:
        code, said = ask(folder, tests, mutant.get("database"))
    finally:
        path.write_text(whole, "utf-8")
    if code == 1:
        return True, f"dödad av {said}"
    return False, "ÖVERLEVDE" if code == 0 else f"KAN INTE PROVAS: {said}"


def main(words):
    is_machine = "--machine" in words
    names = [word for word in words if not word.startswith("--")]
    chosen = [
        each for each in mutants() if not names or any(name in each["file"] for name in names)
    ]
    started, folders, noticed = time.monotonic(), Queue(), 0
    with tempfile.TemporaryDirectory(prefix="portal-mutants-") as room:
        for number in range(AT_ONCE):
            folders.put(copied(Path(room) / str(number)))
        asked = MACHINE if is_machine else sorted({t for each in chosen for t in each["tests"]})
        code, said = ask(Path(room) / "0", asked, None)
        if code:
            sys.exit(f"Testerna går inte igenom ens utan mutant: {said}")

        def tried_somewhere(mutant):
            folder = folders.get()
            try:
                return tried(mutant, folder, MACHINE if is_machine else mutant["tests"])
            finally:
                folders.put(folder)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for mutant, (is_noticed, said) in zip(
                chosen, pool.map(tried_somewhere, chosen), strict=True
            ):
                noticed += is_noticed
                print(f"{mutant['file']}: {mutant['why']}\n    {said}", flush=True)  # noqa: T201
    seconds = time.monotonic() - started
    print(f"\n{noticed} av {len(chosen)} mutanter dödade på {seconds:.0f} s.")  # noqa: T201
    return 0 if is_machine or noticed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
