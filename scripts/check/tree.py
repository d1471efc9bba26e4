# SPDX-License-Identifier: Apache-2.0
"""The files that belong to the project, for the checks in this folder."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def project_files(root: pathlib.Path = ROOT) -> list:
    """Relative paths, sorted: what git knows or would add; without git, all but build/."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"],
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout.decode()
        names = {pathlib.Path(name) for name in listed.split("\0") if name}
    except (OSError, subprocess.CalledProcessError):
        names = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
        names = {name for name in names if name.parts[0] not in ("build", ".git")}
    return sorted(name for name in names if (root / name).is_file())


def report(problems: list, what: str) -> int:
    """Prints `file:line: problem` lines; the exit code."""
    for problem in problems:
        print(problem)
    print(f"{what}: {len(problems)} problems" if problems else f"{what}: ok")
    return 2 if problems else 0
