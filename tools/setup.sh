#!/usr/bin/env bash
# Sets the project up: system libraries, .venv with the packages of requirements.lock, and reportgen itself (editable).
# Every make target calls it first; when nothing has changed it only looks (well under a second). Talks on stderr alone.
# As root it installs what Debian or Ubuntu lack; otherwise it says in one line what to install and exits 9. Never calls sudo.
# PYTHON=/path/to/python chooses the interpreter [default: the first of python3, python3.13, 3.12, 3.11 that is new enough].
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "set-up: $*" >&2; }
stop() { say "$*"; exit 9; }

choose_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    # its base, should a virtual environment (perhaps .venv itself) be active
    "$candidate" -c 'import sys; sys.version_info < (3, 11) and sys.exit(1); print(sys._base_executable)' 2>/dev/null && return
  done
  stop "reportgen needs Python 3.11 or newer, ${PYTHON:-python3} is $("${PYTHON:-python3}" -V 2>/dev/null || echo "not there");" \
    "install one (Debian, Ubuntu: apt-get install python3.11 python3.11-venv; macOS: brew install python) or name it: PYTHON=/path/to/python make"
}

# Prints the Debian packages whose part does not load here, one a line. WeasyPrint loads these libraries by the same names.
missing_packages() {
  "$python" - <<'EOF_PYTHON'
import ctypes, ctypes.util, importlib.util, os, shutil, sys

def loads(name, version):
    try:
        return bool(ctypes.CDLL(f"lib{name}.so.{version}" if sys.platform == "linux" else f"lib{name}.dylib"))
    except OSError:
        return bool(ctypes.util.find_library(name))

if importlib.util.find_spec("ensurepip") is None:
    default = os.path.realpath(shutil.which("python3") or "") == os.path.realpath(sys.executable)
    print("python3-venv" if default else "python%d.%d-venv" % sys.version_info[:2])
for name, version, package in (
    ("pango-1.0", 0, "libpango-1.0-0"),
    ("pangoft2-1.0", 0, "libpangoft2-1.0-0"),
    ("gobject-2.0", 0, "libglib2.0-0"),
    ("fontconfig", 1, "libfontconfig1"),
    ("harfbuzz", 0, "libharfbuzz0b"),
    ("harfbuzz-subset", 0, "libharfbuzz-subset0"),
):
    if not loads(name, version):
        print(package)
EOF_PYTHON
}

install_packages() {
  local missing package
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if [ "$(uname)" = Darwin ]; then
    stop "missing Python's venv module, Pango or HarfBuzz; run: brew install python pango harfbuzz"
  elif ! command -v apt-get >/dev/null; then
    stop "missing (by their Debian names):" $missing "- install them with this system's package manager (Pango, HarfBuzz with its subset library, Python's venv)"
  elif [ "$(id -u)" != 0 ]; then
    stop "missing system packages; ask an administrator to run: apt-get install" $missing
  fi
  say "installing through apt:" $missing
  for package in $missing; do  # one by one: older releases hold the subset library in another package
    apt_install "$package" && continue
    [ "${updated:-}" ] || apt-get update -qq >&2 || true
    updated=1
    apt_install "$package" || true
  done
  missing=$(missing_packages)
  [ -z "$missing" ] || stop "apt could not install" $missing "- try: apt-get update && apt-get install" $missing
}

apt_install() {  # says nothing: what counts is whether the part loads afterwards
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -qq -y --no-install-recommends install "$1" >/dev/null 2>&1
}

# What an installation depends on; printed as one word each. The folder counts: the scripts of a venv carry its path.
keys() {
  "$python" - "$PWD" <<'EOF_PYTHON'
import hashlib, pathlib, sys
place = f"{sys.version} {sys.argv[1]}".encode()
for name in ("requirements.lock", "pyproject.toml"):
    place += pathlib.Path(name).read_bytes()
    print(hashlib.sha256(place).hexdigest())
EOF_PYTHON
}

stamped() { [ -x .venv/bin/python ] && [ "$(cat ".venv/$1.stamp" 2>/dev/null)" = "$2" ]; }

python=$(choose_python)
install_packages
{ read -r packages_key; read -r project_key; } <<<"$(keys)"

# A stamp is written last: what an interrupted run left behind has none and is made again.
if ! stamped packages "$packages_key"; then
  say "making .venv with the packages of requirements.lock ($("$python" -V)); about a minute"
  rm -rf .venv
  "$python" -m venv .venv
  .venv/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r requirements.lock >&2
  echo "$packages_key" >.venv/packages.stamp
fi
if ! stamped project "$project_key"; then
  rm -f .venv/project.stamp
  .venv/bin/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --editable . >&2
  echo "$project_key" >.venv/project.stamp
fi
