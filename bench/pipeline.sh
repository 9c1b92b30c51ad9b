#!/usr/bin/env bash
# A whole pipeline, file to mapping to drop, on 84 MB of events: blobl run and jq. Prints Markdown.
# usage: bench/pipeline.sh [ROUNDS]
set -euo pipefail
source "$(dirname "$0")/shared.sh"
need jq "apt-get install jq"

rounds=${1:-7}
copies=200

build_tool

events=$work/events.ndjson
for _ in $(seq $copies); do cat "$bench/corpora/event.ndjson"; done >"$events"
documents=$(wc -l <"$events")
mapping=$bench/mappings/event_project.blobl
: >"$work/empty.ndjson"

# configuration INPUT OUTPUT
configuration() {
  cat <<YAML
input:
  file: { paths: [ $1 ] }
pipeline:
  threads: 1
  processors:
    - mapping: |
$(sed 's/^/        /' "$mapping")
output:
  $2
YAML
}
configuration "$events" "drop: {}" >"$work/pipeline.yaml"
configuration "$events" "stdout: {}" >"$work/pipeline_stdout.yaml"
configuration "$work/empty.ndjson" "drop: {}" >"$work/pipeline_empty.yaml"

run() {
  case $1 in
    run) "$blobl_tool" run "$work/pipeline.yaml" ;;
    written) "$blobl_tool" run "$work/pipeline_stdout.yaml" ;;
    empty) "$blobl_tool" run "$work/pipeline_empty.yaml" ;;
    exec) "$blobl_tool" exec -f "$mapping" "$events" ;;
    jq) jq -c -f "$bench/peers/event_project.jq" "$events" ;;
  esac
}
programs=(run written empty exec jq)

# The pipeline makes what exec makes.
[[ $(run written 2>"$work/pipeline.err" | sha256sum) == "$(run exec | sha256sum)" ]] || { note "blobl run gives another output than blobl exec"; exit 1; }

rm -f "$work"/cpu.*
for round in $(seq "$rounds"); do
  note "round $round of $rounds"
  for program in "${programs[@]}"; do
    cpu run "$program" >>"$work/cpu.$program"
  done
done

cost() { median <"$work/cpu.$1"; }
in_run() { awk -v a="$(cost "$1")" -v b="$(cost run)" 'BEGIN { printf "%.2f", a / b }'; }
by_jq=$(in_run jq)

cat <<TABLE
$(machine), $(jq --version). event_project on $documents events ($(($(stat -c %s "$events") / 1000000)) MB), one thread, $rounds interleaved rounds, medians.

| program, as it is installed | processor time, the first = 1 |
| --- | --- |
| \`blobl run\`: \`file\`, \`mapping\`, \`drop\` | 1 |
| the same into \`stdout\` | $(in_run written) |
| the same with an empty file | $(in_run empty) |
| \`blobl exec\` | $(in_run exec) |
| jq | $by_jq |

| budget | measured | must reach | |
| --- | --- | --- | --- |
| a whole pipeline, processor time of jq in its own | $by_jq | 15 | $(awk -v v="$by_jq" 'BEGIN { print (v >= 15 ? "reached" : "MISSED") }') |
TABLE
