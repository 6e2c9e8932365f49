#!/usr/bin/env bash
# Takes the pictures of the HTML report in docs/pictures from runs of the demo: tools/pictures/make.sh
# It wants Go and a Chromium in PATH.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$PWD/docs/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
go build -o "$work/posthaste" .
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)

# the demo with a wrong secret, the demo as it is, and the demo three times
(
	cd "$work"
	./posthaste demo --env-var client_secret=wrong-on-purpose -r html --reporter-html-export failed.html --suppress-exit-code
	./posthaste demo -r html --reporter-html-export passed.html
	./posthaste demo -n 12 -r html --reporter-html-export iterations.html
) 2>"$work/log" || { cat "$work/log" >&2; exit 1; }

shot() { # picture, report, address, height
	"$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" \
		--window-size="1280,$4" --virtual-time-budget=2000 --screenshot="$out/$1.png" "file://$work/$2.html#$3" 2>>"$work/log"
	test -s "$out/$1.png" || { cat "$work/log" >&2; exit 1; }
}
shot failed failed theme=light 900
shot dark passed 'theme=dark&request=2' 1000
shot iterations iterations 'theme=light&view=iterations' 560
ls -l "$out"
