#!/usr/bin/env bash
# How the time of a document grows with its size, up to 100 MB, and with the statements of the mapping, up to 5,000.
# Prints Markdown: processor time per byte and per statement, relative to the smallest of each column.
# usage: bench/growth.sh [ROUNDS]
set -euo pipefail
source "$(dirname "$0")/shared.sh"

rounds=${1:-3}
sizes="1000 10000 100000 1000000 10000000 100000000"
statements="10 50 500 5000"
tiers="interpreter compiled"

# The item count that gives about so many bytes; an item below is 100 bytes long.
items() { echo $(($1 / 100)); }

# documents SHAPE ITEMS: one line of JSON.
document() {
  awk -v shape="$1" -v n="$2" 'BEGIN {
    printf shape == "array" ? "{\"items\":[" : "{"
    for (i = 0; i < n; i++) {
      if (i) printf ","
      if (shape == "array") printf "{\"sku\":\"%08d\",\"price\":%d.25,\"qty\":%d,\"note\":\"%-48s\"}", i, i % 90 + 10, i % 9 + 1, "a note on item"
      else printf "\"field_%08d\":\"%-79s\"", i, "the value of a field of an object"
    }
    print shape == "array" ? "]}" : "}"
  }'
}

# script KIND COUNT: a mapping of so many statements.
script() {
  awk -v kind="$1" -v n="$2" 'BEGIN {
    for (i = 0; i < n; i++) {
      if (kind == "fields") printf "root.f%d = this.field_%08d\n", i, i
      else if (kind == "sums") printf "root.f%d = this.a + %d\n", i, i
      else printf "let v%d = %s\n", i, i ? "$v" (i - 1) " + 1" : "this.a"
    }
    if (kind == "variables") printf "root.last = $v%d\n", n - 1
  }'
}

build_managed
rm -f "$work"/growth.*

# measure COLUMN ROW UNITS TIER MAPPING DOCUMENTS
measure() {
  local report
  report=$("$blobl_managed" bench -f "$5" -i "$6" --seconds 0.5 --tier "$4" --json)
  sed -n 's/.*"cpu_ns_per_doc":\([0-9.eE+-]*\).*/\1/p' <<<"$report" | awk -v units="$3" '{ print $1 / units }' >>"$work/growth.$1.$2.$4"
}

# Mappings of one statement each over a document of the shape after the colon.
cat >"$work/copy.blobl" <<<'root = this'
cat >"$work/read.blobl" <<<'root.n = this.items.length()'
cat >"$work/items.blobl" <<<'root.totals = this.items.map_each(i -> i.price * i.qty)'
cat >"$work/filter.blobl" <<<'root.few = this.items.filter(i -> i.qty > 8)'
cat >"$work/keys.blobl" <<<'root = this.map_each_key(k -> k.uppercase())'
by_size="copy:array read:array items:array filter:array keys:object"

for size in $sizes; do
  for shape in array object; do document $shape "$(items "$size")" >"$work/$shape.$size.ndjson"; done
done
echo '{"a":1}' >"$work/small.ndjson"
for count in $statements; do
  document object "$count" >"$work/fields.$count.ndjson"
  for kind in fields sums variables; do script $kind "$count" >"$work/$kind.$count.blobl"; done
done

for round in $(seq "$rounds"); do
  note "round $round of $rounds"
  for tier in $tiers; do
    for size in $sizes; do
      for column in $by_size; do
        input=$work/${column#*:}.$size.ndjson
        measure "${column%:*}" "$size" "$(stat -c %s "$input")" "$tier" "$work/${column%:*}.blobl" "$input"
      done
    done
    for count in $statements; do
      measure fields "$count" "$count" "$tier" "$work/fields.$count.blobl" "$work/fields.$count.ndjson"
      for column in sums variables; do measure $column "$count" "$count" "$tier" "$work/$column.$count.blobl" "$work/small.ndjson"; done
    done
  done
done

# table ROWS COLUMNS UNIT
table() {
  local row column tier first
  printf '| %s |' "$3"
  for column in $2; do for tier in $tiers; do printf ' %s, %s |' "$column" "$tier"; done; done
  printf '\n| --- |'
  for column in $2; do for tier in $tiers; do printf ' --- |'; done; done
  printf '\n'
  for row in $1; do
    printf '| %s |' "$(sed ':a;s/\B[0-9]\{3\}\>/,&/;ta' <<<"$row")"
    for column in $2; do
      for tier in $tiers; do
        first=$(median <"$work/growth.$column.${1%% *}.$tier")
        printf ' %.2f |' "$(awk -v a="$(median <"$work/growth.$column.$row.$tier")" -v b="$first" 'BEGIN { print a / b }')"
      done
    done
    printf '\n'
  done
}

cat <<TEXT
$(machine). Medians of $rounds rounds; 1.00 is the first row.

Processor time per byte of the document, for the mappings
$(for column in $by_size; do echo "\`$(cat "$work/${column%:*}.blobl")\` (${column%:*}),"; done | paste -sd' ' | sed 's/,$//'):

$(table "$sizes" "$(for column in $by_size; do echo "${column%:*}"; done | paste -sd' ')" "bytes")

Processor time per statement, for \`root.f1 = this.field_1\` with as many fields in the document (fields), \`root.f1 = this.a + 1\` (sums) and
\`let v1 = \$v0 + 1\` (variables):

$(table "$statements" "fields sums variables" "statements")
TEXT
