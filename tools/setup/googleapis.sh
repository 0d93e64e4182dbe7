#!/usr/bin/env bash
# Copies the few google protos that ours import to where buf finds them, so that buf needs no network.
set -euo pipefail

packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
for file in google/api/annotations.proto google/api/http.proto google/api/httpbody.proto google/type/date.proto \
  google/type/datetime.proto google/type/timeofday.proto; do
  mkdir -p ".cache/googleapis/$(dirname "$file")"
  cp "$packages/$file" ".cache/googleapis/$file"
done
