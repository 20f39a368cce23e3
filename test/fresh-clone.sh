#!/usr/bin/env bash
# Tries the two commands as a stranger would: a fresh clone of the committed state, an empty home, nothing but Node and
# npm. Run by hand before a release; it downloads every package.
#
#   test/fresh-clone.sh            as yourself
#   sudo test/fresh-clone.sh USER  as another user, for example nobody
#
# LOKET_TEST_SKIP=1 leaves out npm test.
set -euo pipefail

if [ "${1:-}" != --inside ]; then
  repository=$(git -C "$(dirname "$0")/.." rev-parse --show-toplevel)
  folder=$(mktemp -d "${TMPDIR:-/tmp}/loket-clone-XXXXXX")
  trap 'rm -rf "$folder"' EXIT
  chmod 755 "$folder"
  mkdir "$folder/home"
  git clone --quiet --no-hardlinks "$repository" "$folder/loket"
  inside=(env "HOME=$folder/home" "npm_config_cache=$folder/home/npm" bash "$folder/loket/test/fresh-clone.sh" --inside)
  if [ $# -gt 0 ]; then
    chown -R "$1" "$folder"
    inside=(runuser -u "$1" -- "${inside[@]}")
  fi
  "${inside[@]}"
  exit
fi

cd "$(dirname "$0")/.."
logs=$HOME
port=$((20000 + RANDOM % 20000))
server=
trap '[ -z "$server" ] || kill -TERM -- "-$server" 2>/dev/null || true' EXIT

fail() {
  cat "$logs/npm-start.log"
  echo "$1" >&2
  exit 1
}

# In a process group of its own, so that all of it gets Ctrl-C as from a terminal.
start() {
  local began=$SECONDS
  PORT=$port LOKET_ADMIN_EMAIL=admin@loket.example LOKET_ADMIN_PASSWORD='correct horse battery staple' \
    setsid npm start >"$logs/npm-start.log" 2>&1 &
  server=$!
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz"; do
    kill -0 "$server" 2>/dev/null || fail "npm start ($1) ended"
    [ $((SECONDS - began)) -lt 600 ] || fail "npm start ($1) is not ready after 10 minutes"
    sleep 0.2
  done
  echo "npm start ($1): ready after $((SECONDS - began)) s"
}

interrupt() {
  local code=0
  kill -INT -- "-$server"
  wait "$server" || code=$?
  server=
  # 130: the shell between npm and node tells of Ctrl-C in its own way
  [ $code -eq 0 ] || [ $code -eq 130 ] || fail "npm start ended with $code"
  ! pgrep -f "$PWD/data" >/dev/null || fail "something was left running"
}

start "fresh clone"
curl --silent --fail "http://127.0.0.1:$port/" | grep -q 'id="root"' || fail "there is no console at /"
interrupt
start again
kill -KILL -- "-$server"
wait "$server" 2>/dev/null || true
start "after kill -9"
interrupt

[ "${LOKET_TEST_SKIP:-}" = 1 ] || npm test
if [ -n "$(git status --porcelain)" ]; then
  git status --short
  fail "the commands changed files of the repository"
fi
echo "both commands work on a fresh clone"
