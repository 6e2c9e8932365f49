#!/usr/bin/env bash
# Draws the pictures of docs/quickstart-vipps.md from what its commands print: tools/pictures/guide.sh
# It wants Go. The test that draws them is the one that runs the guide, and compares them on every other day.
set -euo pipefail
cd "$(dirname "$0")/../.."
go test ./internal/cli -run '^TestQuickstart$' -count=1 -update
git status --short docs/pictures
