#!/usr/bin/env bash
# The performance budget: every bench mapping on both tiers, with blobl bench. Prints Markdown.
# usage: bench/run.sh [ROUNDS] [SECONDS]
set -euo pipefail
source "$(dirname "$0")/shared.sh"

rounds=${1:-3}
seconds=${2:-1}

# mapping, corpus, the scan ratio it must reach, the stretch, what Connect's engine costs in scans
budget="\
identity event 0.8 1.2 45
event_edit event 0.8 1.2 47
event_project event 0.9 1.3 25
event_filter event 1.1 1.7 16
event_enrich event 0.5 0.8 51
order_lines order 0.5 0.75 17
cdc_flatten cdc 0.4 0.7 29
applog_parse applog 0.25 0.5 47
wide_rename wide 0.35 0.7 44
telemetry_stats telemetry 0.5 0.9 32"

build_managed
rm -f "$work"/ratio.* "$work"/bytes.*

field() { sed -n "s/.*\"$1\":\([0-9.eE+-]*\).*/\1/p"; }

for round in $(seq "$rounds"); do
  note "round $round of $rounds"
  while read -r mapping corpus _; do
    for tier in compiled interpreter; do
      report=$("$blobl_managed" bench -f "$bench/mappings/$mapping.blobl" -i "$bench/corpora/$corpus.ndjson" --seconds "$seconds" --tier $tier --json)
      field scan_ratio <<<"$report" >>"$work/ratio.$mapping.$tier"
      field alloc_per_doc <<<"$report" >>"$work/bytes.$mapping.$tier"
    done
  done <<<"$budget"
done

echo "$(machine). blobl bench --seconds $seconds, one thread, medians of $rounds interleaved rounds."
echo
while read -r mapping _ must stretch connect; do
  echo "$mapping $must $stretch $connect $(median <"$work/ratio.$mapping.compiled") $(median <"$work/ratio.$mapping.interpreter") $(median <"$work/bytes.$mapping.compiled")"
done <<<"$budget" | awk '
  function verdict(value, must, stretch) { return value >= stretch ? "stretch" : value >= must ? "reached" : "MISSED" }
  BEGIN {
    print "| bench mapping | scan ratio | must reach | stretch | | interpreter | bytes/doc | Connect (scans) | times faster than Connect |"
    print "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
  }
  {
    printf "| %s | %.2f | %s | %s | %s | %.2f | %.0f | %s | %.1f |\n", $1, $5, $2, $3, verdict($5, $2, $3), $6, $7, $4, $4 * $5
    faster += log($4 * $5)
    share += log($6 / $5)
  }
  END {
    faster = exp(faster / NR)
    share = exp(share / NR)
    printf "| times faster than Connect, geometric mean | %.1f | 18 | 35 | %s | | | | |\n", faster, verdict(faster, 18, 35)
    printf "| speed of the interpreter in that of the compiled tier, geometric mean | %.2f | 0.7 | 0.95 | %s | | | | |\n", share, verdict(share, 0.7, 0.95)
  }'
