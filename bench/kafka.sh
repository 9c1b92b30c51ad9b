#!/usr/bin/env bash
# Kafka to Kafka, event_project between: blobl run against a bare loop of consume and produce over the same client with the same settings.
# The brokers are librdkafka's own stand-ins, on this machine. Prints Markdown.
# usage: bench/kafka.sh [ROUNDS]
set -euo pipefail
source "$(dirname "$0")/shared.sh"

rounds=${1:-5}
copies=480
partitions=48

build_managed
publish KafkaPeer bench/peers/KafkaPeer

coproc host { "$work/KafkaPeer/KafkaPeer" host "$bench/corpora/event.ndjson" "$copies" "$partitions"; }
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
read -r address records <&"${host[0]}"

ask() {
  echo "$*" >&"${host[1]}"
  local answer
  read -r answer <&"${host[0]}"
  echo "$answer"
}

pipeline() {
  cat <<YAML
http: { enabled: false }
logger: { level: WARN }
input: { kafka_franz: { seed_brokers: [ "$address" ], topics: [ source ], consumer_group: $1 } }
pipeline:
  threads: 1
  processors: [ { mapping: 'from "$bench/mappings/event_project.blobl"' } ]
output: { kafka_franz: { seed_brokers: [ "$address" ], topic: $1, max_in_flight: 64 } }
YAML
}

run() {
  case $1 in
    blobl) pipeline "$2" >"$work/kafka.yaml"; exec "$blobl_managed" run "$work/kafka.yaml" ;;
    bare) exec "$work/KafkaPeer/KafkaPeer" loop "$address" "$2" ;;
  esac
}

rm -f "$work"/kafka.blobl "$work"/kafka.bare
for round in $(seq "$rounds"); do
  note "round $round of $rounds"
  for program in bare blobl; do
    target=$program-$round
    ask topic "$target" >/dev/null
    run "$program" "$target" &
    ask watch "$target" "$records" >>"$work/kafka.$program"
    kill $! && wait $! 2>/dev/null || true
  done
done

ratio=$(awk -v bare="$(median <"$work/kafka.bare")" -v ours="$(median <"$work/kafka.blobl")" 'BEGIN { printf "%.2f", bare / ours }')
cat <<TABLE
$(machine). $records events over $partitions partitions of librdkafka's stand-in brokers, $rounds interleaved rounds, medians.

| Kafka to Kafka | throughput, bare loop = 1 | must reach | |
| --- | --- | --- | --- |
| consume and produce, nothing else | 1 | | |
| \`blobl run\` with event_project, one thread | $ratio | 0.7 | $(awk -v r="$ratio" 'BEGIN { print (r >= 0.7 ? "reached" : "MISSED") }') |
TABLE
