#!/usr/bin/env bash
# Tries the two commands as a stranger would: a fresh clone of the committed state, an empty home, nothing but Node and
# npm. Run by hand before a release; it downloads every package.
#
#   test/fresh-clone.sh            as yourself
#   sudo test/fresh-clone.sh USER  as another user, for example nobody
#
# LOKET_TEST_SKIP=1 leaves out npm test.
set -euo pipefail

repository=$(git -C "$(dirname "$0")/.." rev-parse --show-toplevel)
folder=$(mktemp -d "${TMPDIR:-/tmp}/loket-clone-XXXXXX")
port=$((20000 + RANDOM % 20000))
export HOME="$folder/home" npm_config_cache="$folder/home/npm" PORT=$port
export LOKET_ADMIN_EMAIL=admin@loket.example LOKET_ADMIN_PASSWORD='correct horse battery staple'

as=()
git clone --quiet --no-hardlinks "$repository" "$folder/loket"
mkdir -p "$HOME"
if [ $# -gt 0 ]; then
  chown -R "$1" "$folder"
  as=(runuser -u "$1" --)
fi
chmod 755 "$folder"
cd "$folder/loket"

server=
finish() {
  if [ -n "$server" ]; then kill -TERM -- "-$server" 2>/dev/null || true; fi
}
trap finish EXIT

# Starts in a process group of its own, so that it gets Ctrl-C as from a terminal.
start() {
  local began=$SECONDS
  setsid "${as[@]}" npm start >"$folder/$1.log" 2>&1 &
  server=$!
  until curl --silent --fail --output "$folder/ready" "http://127.0.0.1:$port/readyz"; do
    if ! kill -0 "$server" 2>/dev/null || [ $((SECONDS - began)) -gt 600 ]; then
      cat "$folder/$1.log"
      echo "npm start ($1) did not get ready" >&2
      exit 1
    fi
    sleep 0.2
  done
  echo "npm start ($1): ready after $((SECONDS - began)) s"
}

interrupt() {
  kill -INT -- "-$server"
  wait "$server" || { cat "$folder/$1.log"; echo "npm start ($1) ended with $?" >&2; exit 1; }
  server=
  if pgrep -f "$folder/loket/data" >/dev/null; then echo "something was left running" >&2; exit 1; fi
}

start first
curl --silent --fail "http://127.0.0.1:$port/" | grep -q '<div id="root"' || { echo "no console at /" >&2; exit 1; }
interrupt first
start second
kill -KILL -- "-$server"
server=
start "third, after kill -9"
interrupt "third, after kill -9"

if [ "${LOKET_TEST_SKIP:-}" != 1 ]; then
  unset PORT LOKET_ADMIN_EMAIL LOKET_ADMIN_PASSWORD
  "${as[@]}" npm test
fi
if [ -n "$("${as[@]}" git status --porcelain)" ]; then
  git status --short
  echo "the two commands changed files of the repository" >&2
  exit 1
fi
rm -rf "$folder"
echo "both commands work on a fresh clone"
