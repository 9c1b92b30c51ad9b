#!/usr/bin/env bash
# Runs the measurements and writes their tables into RESULTS.md. Takes about half an hour on a quiet machine.
# usage: bench/record.sh [run] [peers] [pipeline] [kafka] [growth] [latency]     all of them by default
set -euo pipefail
source "$(dirname "$0")/shared.sh"

results=$bench/RESULTS.md
tables=$work/tables
mkdir -p "$tables"
[[ $# -gt 0 ]] || set -- run latency peers pipeline kafka growth
for name in "$@"; do
  "$bench/$name.sh" >"$tables/$name.md"
  awk -v name="$name" -v table="$tables/$name.md" '
    $0 == "<!-- end " name " -->" { skipping = 0 }
    !skipping { print }
    $0 == "<!-- begin " name " -->" { while ((getline line < table) > 0) print line; skipping = 1 }
  ' "$results" >"$tables/RESULTS.md"
  cp "$tables/RESULTS.md" "$results"
done
