#!/usr/bin/env bash
# jars.sh [FOLDER]: the jars of the images, of the launcher's tests and of the simulation into FOLDER (.hotfire/jars), each checked, for work on the launcher without
# an image. MAVEN_MIRROR replaces Maven Central. What is there already is not fetched again.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=${1:-$root/.hotfire/jars}
mirror=${MAVEN_MIRROR:-https://repo1.maven.org/maven2}
mkdir -p "$folder"
cd "$folder"

cat "$root"/docker/jars/*.txt "$root"/docker/{launcher-tests,simulation}/jars.txt | grep -v '^#' | while read -r sum _ _ path; do
  file=${path##*/}
  echo "$sum  $file" >&3
  [ -s "$file" ] || printf 'url = "%s/%s"\noutput = "%s"\n' "${mirror%/}" "$path" "$file"
done 3>SHA256 >missing
if [ -s missing ]; then
  curl --fail --silent --show-error --location --retry 5 --connect-timeout 10 --parallel --parallel-max 16 --config missing
fi
rm missing
sha256sum --quiet --check SHA256
echo "==> $folder: $(wc -l <SHA256) jars" >&2
