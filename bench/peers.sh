#!/usr/bin/env bash
# Whole programs on the same 84 MB of events, and start-up: blobl exec, jq and programs written by hand. Prints Markdown.
# usage: bench/peers.sh [ROUNDS]
set -euo pipefail
source "$(dirname "$0")/shared.sh"
need jq "apt-get install jq"

rounds=${1:-7}
starts=41
copies=200

build_native
build_tool
for peer in JsonNodePeer StreamingPeer; do
  publish "$peer" "bench/peers/$peer" --runtime "$(rid)" --no-self-contained -p:PublishReadyToRun=true
done

events=$work/events.ndjson
for _ in $(seq $copies); do cat "$bench/corpora/event.ndjson"; done >"$events"
documents=$(wc -l <"$events")
mapping=$bench/mappings/event_project.blobl

run() {
  case $1 in
    native) "$blobl_native" exec -f "$mapping" "$events" ;;
    native2) "$blobl_native" exec -t 2 -f "$mapping" "$events" ;;
    tool) "$blobl_tool" exec -f "$mapping" "$events" ;;
    tool2) "$blobl_tool" exec -t 2 -f "$mapping" "$events" ;;
    jsonnode) "$work/JsonNodePeer/JsonNodePeer" "$events" ;;
    streaming) "$work/StreamingPeer/StreamingPeer" "$events" ;;
    jq) jq -c -f "$bench/peers/event_project.jq" "$events" ;;
  esac
}
programs=(native tool streaming jsonnode jq native2 tool2)

# Only programs that do the same are compared. jq keeps the upper case of letters beyond ASCII.
expected=$(run native | sha256sum)
for program in "${programs[@]}"; do
  case $program in
    jq) [[ $(run jq | wc -l) == "$documents" ]] ;;
    *) [[ $(run "$program" | sha256sum) == "$expected" ]] ;;
  esac || { note "$program gives another output than blobl exec"; exit 1; }
done

rm -f "$work"/cpu.* "$work"/wall.*
for round in $(seq "$rounds"); do
  note "round $round of $rounds"
  for program in "${programs[@]}"; do
    cpu run "$program" >>"$work/cpu.$program"
  done
done

head -n 1 "$bench/corpora/event.ndjson" >"$work/one.json"
for _ in $(seq $starts); do
  wall jq -n 1 >>"$work/wall.jq"
  wall "$blobl_native" exec -f "$mapping" "$work/one.json" >>"$work/wall.native"
  wall "$blobl_tool" exec -f "$mapping" "$work/one.json" >>"$work/wall.tool"
done

cost() { median <"$work/cpu.$1"; }
per() { awk -v a="$1" -v b="$2" -v f="${3:-%.1f}" 'BEGIN { printf f, a / b }'; }
verdict() { awk -v v="$1" -v must="$2" -v stretch="$3" -v up="${4:-0}" 'BEGIN { if (!up) { v = -v; must = -must; stretch = -stretch }
  print (v >= stretch ? "stretch" : v >= must ? "reached" : "MISSED") }'; }

native=$(cost native)
by_jq=$(per "$(cost jq)" "$native")
start=$(per "$(median <"$work/wall.native")" "$(median <"$work/wall.jq")" %.2f)
start_tool=$(per "$(median <"$work/wall.tool")" "$(median <"$work/wall.jq")" %.2f)
threads=$(per "$(cost native2)" "$native" %.2f)
threads_tool=$(per "$(cost tool2)" "$(cost tool)" %.2f)

cat <<TABLE
$(machine), $(jq --version). event_project on $documents events ($(($(stat -c %s "$events") / 1000000)) MB), $rounds interleaved rounds, $starts starts, medians.

| whole program | processor time, blobl native = 1 |
| --- | --- |
| \`blobl exec\`, native binary | 1 |
| \`blobl exec\`, .NET tool | $(per "$(cost tool)" "$native") |
| by hand with \`Utf8JsonReader\` and \`Utf8JsonWriter\` | $(per "$(cost streaming)" "$native") |
| by hand with \`JsonNode\` | $(per "$(cost jsonnode)" "$native") |
| jq | $by_jq |

| budget | measured | must reach | stretch | |
| --- | --- | --- | --- | --- |
| whole program, processor time of jq in those of native | $by_jq | 25 | 50 | $(verdict "$by_jq" 25 50 1) |
| one small document, wall, in those of \`jq -n 1\`: native | $start | 2.5 | 1 | $(verdict "$start" 2.5 1) |
| the same: tool | $start_tool | | | |
| processor time per document, 2 threads in those of 1: native | $threads | 1.1 | 1.02 | $(verdict "$threads" 1.1 1.02) |
| the same: tool | $threads_tool | | | |
TABLE
