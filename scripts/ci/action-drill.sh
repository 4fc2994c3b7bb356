#!/usr/bin/env bash
# The drill step of action.yml: runs DRILL on PLACE, writes the verdict for later steps and the sentence for people.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
arguments=(drill run "${DRILL:?}" --seed "${SEED:-1}" --out "${OUT:?}" --no-build)
[ -z "${PLACE:-}" ] || arguments+=(--on "$PLACE")
[ -z "${LIMIT:-}" ] || arguments+=(--limit "$LIMIT")

code=0
"$root/hotfire" "${arguments[@]}" || code=$?

result=$OUT/result.json
if [ -f "$result" ]; then
  read_result() { "$root/node_modules/node/bin/node" -p "JSON.parse(fs.readFileSync(process.argv[1], 'utf8')).$1" "$result"; }
  verdict=$(read_result verdict)
  {
    echo "verdict=$verdict"
    echo "report=$OUT/report.html"
  } >>"${GITHUB_OUTPUT:-/dev/null}"
  printf '**%s** %s: %s\n' "$verdict" "$DRILL" "$(read_result sentence)" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
exit "$code"
