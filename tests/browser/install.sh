#!/bin/sh
# The browser tests need a Chromium and a Chinese font. Installs Debian's where they are missing and apt may be used;
# elsewhere says what to install and leaves it at that: the browser tests then say why they are skipped.
set -u
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
