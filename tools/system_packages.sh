#!/bin/sh
# See to the few system packages the portal needs: python's own venv, and the three libraries that draw the PDF.
# As root on Debian or Ubuntu it installs what is missing; otherwise it says the one command to run. Python asks
# for the libraries itself, the way WeasyPrint will, so what it finds is what counts.
set -eu

python=${PYTHON:-python3}

if ! command -v "$python" >/dev/null 2>&1; then
    missing="python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
else
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "The portal needs Python 3.11 or newer, and $python is $("$python" -V): name another with \`make PYTHON=python3.11 …\`." >&2
        exit 1
    }
    missing=$("$python" - <<'PROBE'
import ctypes

missing = []
try:
    import ensurepip  # Debian splits it off into python3-venv
    import venv
except ImportError:
    missing.append("python3-venv")
for library, package in {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}.items():
    try:
        ctypes.CDLL(library)
    except OSError:
        missing.append(package)
print(*missing)
PROBE
    )
fi

[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The portal needs system packages that are not installed: run \`sudo apt-get install --no-install-recommends $missing\`, then start again." >&2
    exit 1
fi

echo "Installing system packages: $missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 -- a list of package names, one word each
apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends $missing >/dev/null
