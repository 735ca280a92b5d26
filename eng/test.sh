#!/usr/bin/env bash
# Builds everything and runs every test. Ends with one line: «N passed, N failed», and what was skipped, if anything.
set -uo pipefail
cd "$(dirname "$0")/.."

configuration=${CONFIGURATION:-Release}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Programs of others that tests need, from the distribution's packages. Where they cannot be installed, their tests are skipped, by name, or fail under CI.
missing=()
command -v firefox-esr >/dev/null || missing+=(firefox-esr)
command -v npm >/dev/null || missing+=(nodejs npm)
command -v chromium >/dev/null || missing+=(chromium)
command -v turnserver >/dev/null || missing+=(coturn)
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >/dev/null || echo "Could not be installed: ${missing[*]}."
fi

dotnet build Loop.Sdk.sln -c "$configuration" --nologo -v quiet || { echo "The build failed."; echo "0 passed, 1 failed"; exit 1; }

# One project after the other: tests that load both cores disturb each other.
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  dotnet test "$project" -c "$configuration" --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" \
    || echo "$name: not all tests passed"
done

# A test project that could not run at all leaves no report: that is a failure too.
passed=0 failed=0 skipped=0
for project in tests/*/*.csproj; do
  report="$results/$(basename "$project" .csproj).trx"
  counters=$(grep -o '<Counters [^>]*>' "$report" 2>/dev/null) || { failed=$((failed + 1)); continue; }
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
  skipped=$((skipped + $(count total) - $(count executed)))
  grep -o 'testName="[^"]*"[^>]*outcome="Failed"' "$report" | sed 's/^testName="\([^"]*\)".*/failed: \1/'
  # Why, as far as the first messages and stacks tell.
  sed -n '/<UnitTestResult [^>]*outcome="Failed"/,/<\/UnitTestResult>/p' "$report" | sed -n '/<ErrorInfo>/,/<\/ErrorInfo>/p' | sed 's/<[^>]*>//g; s/&#xD;//g; /^ *$/d; s/^/  /' | head -n 60
  grep -o 'testName="[^"]*"[^>]*outcome="NotExecuted"' "$report" | sed 's/^testName="\([^"]*\)".*/skipped: \1/'
done

line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
