#!/bin/sh
# The browser tests need a Chromium, a Chinese font and axe-core. Installs Debian's where they are missing and apt may be
# used, and packs axe-core with npm into a folder that git ignores; elsewhere says what to install and leaves it at that:
# the browser tests then say why they are skipped.
set -u
here=$(dirname "$0")

axe=axe-core-4.10.3
axe_sha256=0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292
if [ ! -e "$here/.axe/$axe.js" ]; then
  mkdir -p "$here/.axe"
  if command -v npm >/dev/null 2>&1 &&
    (cd "$here/.axe" && npm pack --silent "axe-core@${axe##*-}" >/dev/null 2>&1) &&
    echo "$axe_sha256  $here/.axe/$axe.tgz" | sha256sum --check --quiet 2>/dev/null &&
    tar -xzf "$here/.axe/$axe.tgz" -C "$here/.axe" package/axe.min.js
  then mv "$here/.axe/package/axe.min.js" "$here/.axe/$axe.js"
  else echo "the test of accessibility needs $axe as npm packs it (sha256 $axe_sha256)" >&2
  fi
  rm -rf "$here/.axe/package" "$here/.axe/$axe.tgz"
fi

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
fc-list 2>/dev/null | grep -qi "noto.*cjk" || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root="no"; fi
  if [ "$as_root" != no ]; then
    echo "installing for the browser tests:$missing"
    $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
  fi
fi
echo "the browser tests need:$missing; install them by hand to run these tests" >&2
exit 0
