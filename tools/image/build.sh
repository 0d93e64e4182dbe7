#!/usr/bin/env bash
# Builds the image with what is here: docker, podman or buildah. BASE names another base image, TAG another name for the
# result, ARGS goes to the builder as it is.
set -euo pipefail

tag=${TAG:-muster:$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
base=(${BASE:+--build-arg "BASE=$BASE"})

for builder in ${BUILDER:-docker podman buildah}; do
  if command -v "$builder" >/dev/null; then
    # shellcheck disable=SC2086  # ARGS is a list of words
    case $builder in
      buildah) exec buildah ${STORAGE:+--storage-driver "$STORAGE"} build "${base[@]}" ${ARGS:-} --tag "$tag" . ;;
      *) exec "$builder" build "${base[@]}" ${ARGS:-} --tag "$tag" . ;;
    esac
  fi
done
echo "make image needs docker, podman or buildah. On Debian and Ubuntu: apt-get install buildah" >&2
exit 1
