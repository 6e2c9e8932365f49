#!/bin/sh
# Installs a release of posthaste, and prints which version runs.
#
#   install.sh VERSION DIRECTORY
#
# The archive for this machine is taken from POSTHASTE_RELEASES, the address of the releases (an https URL, or a folder), and
# checked against SHA256SUMS; a wrong sum ends the script with 1 and installs nothing. Where there is no such release, and
# POSTHASTE_SOURCE names a clone and Go is there, the program is built from it. Nothing else is needed but curl and tar.
set -eu

version=${1:?usage: install.sh VERSION DIRECTORY}
directory=${2:?usage: install.sh VERSION DIRECTORY}
releases=${POSTHASTE_RELEASES:-https://home.example/nobody/posthaste/releases/download}

fail() {
	echo "install.sh: error: $1" >&2
	exit 1
}

case $(uname -s) in
Linux) system=linux ;;
Darwin) system=darwin ;;
MINGW* | MSYS* | CYGWIN* | Windows*) system=windows ;;
*) fail "no release for $(uname -s)" ;;
esac
case $(uname -m) in
x86_64 | amd64) arch=amd64 ;;
arm64 | aarch64) arch=arm64 ;;
*) fail "no release for $(uname -m)" ;;
esac
binary=posthaste
archive=posthaste_${version}_${system}_${arch}.tar.gz
if [ "$system" = windows ]; then
	binary=posthaste.exe
	archive=posthaste_${version}_${system}_${arch}.zip
fi

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

fetch() { # name; false where it is not there
	case $releases in
	http://* | https://*) curl -fsSL --retry 3 "$releases/$version/$1" -o "$temporary/$1" ;;
	*) cp "$releases/$version/$1" "$temporary/$1" ;;
	esac
}

sum() { # of a file, in hexadecimal
	if command -v sha256sum >/dev/null; then
		sha256sum "$1"
	else
		shasum -a 256 "$1"
	fi | cut -d ' ' -f 1
}

mkdir -p "$directory"
if fetch "$archive" 2>"$temporary/why" && fetch SHA256SUMS 2>"$temporary/why"; then
	wanted=$(awk -v name="$archive" '$2 == name { print $1 }' "$temporary/SHA256SUMS")
	[ -n "$wanted" ] || fail "SHA256SUMS does not have $archive"
	got=$(sum "$temporary/$archive")
	[ "$got" = "$wanted" ] || fail "the sum of $archive is $got, and SHA256SUMS says $wanted: it was changed or is broken"
	if [ "$system" = windows ]; then
		unzip -q "$temporary/$archive" -d "$temporary/unpacked"
		mv "$temporary/unpacked/"*/"$binary" "$directory/$binary"
	else
		tar -xzf "$temporary/$archive" -C "$temporary"
		mv "$temporary/${archive%.tar.gz}/$binary" "$directory/$binary"
	fi
elif [ -n "${POSTHASTE_SOURCE:-}" ] && command -v go >/dev/null; then
	echo "install.sh: no release $version at $releases: building from $POSTHASTE_SOURCE" >&2
	(cd "$POSTHASTE_SOURCE" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$version" -o "$temporary/$binary" .)
	mv "$temporary/$binary" "$directory/$binary"
else
	fail "no release $version at $releases: $(tr '\n' ' ' <"$temporary/why")"
fi
"$directory/$binary" version
