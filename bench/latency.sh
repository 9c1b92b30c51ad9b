#!/usr/bin/env bash
# What a mapping of 30 lines costs from its text to its first result, warm, in those of parsing it. Prints Markdown.
# usage: bench/latency.sh
set -euo pipefail
source "$(dirname "$0")/shared.sh"

note "benchmarks of compiling"
rm -rf "$work/latency"
dotnet run --configuration Release --project "$bench/Mapping.Benchmarks" -p:RunAnalyzers=false -- \
  --filter '*CompileLatencyBenchmarks*' --inProcess --warmupCount 8 --iterationCount 15 --iterationTime 250 --artifacts "$work/latency" >"$work/latency.log" || { cat "$work/latency.log" >&2; exit 1; }

echo "$(machine). BenchmarkDotNet, means."
echo
awk -F'|' '
  BEGIN { print "| a mapping of 30 lines, warm | in those of parsing it | must reach |"; print "| --- | --- | --- |" }
  { gsub(/[* ]/, "") }
  $2 == "Method" { for (i = 2; i < NF; i++) if ($i == "Ratio") ratio = i }
  $2 == "Parse" { print "| parsed | " $ratio " | |" }
  $2 == "Bind" { print "| parsed and bound | " $ratio " | |" }
  $2 == "FirstResultInterpreted" { print "| to its first result, interpreter | " $ratio " | 10, " ($ratio <= 10 ? "reached" : "MISSED") " |" }
  $2 == "FirstResultCompiled" { print "| to its first result, compiled tier | " $ratio " | |" }
' "$work"/latency/results/*-report-github.md
