#!/usr/bin/env bash
# Makes sure that Chromium and a font with Chinese characters are here for the browser tests; as root it installs them.
# Ends with 3 if they are missing and cannot be installed, after saying how to.
set -euo pipefail

install="apt-get install --no-install-recommends chromium fonts-noto-cjk"

complete() {
  { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null &&
    { ! command -v fc-list >/dev/null || [ -n "$(fc-list :lang=zh family)" ]; }
}

complete && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "setup: $install" >&2
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && $install -y -qq fontconfig; } >/dev/null || true
  complete && exit 0
fi
echo "The browser tests need Chromium and a Chinese font: sudo $install" >&2
exit 3
