// Package jslib holds the third-party JavaScript that scripts may require and that was bundled into this
// binary: lodash, moment, backbone and stream. A binary that was built without them knows none (see README.md).
package jslib

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
)

//go:generate npm ci --ignore-scripts --no-audit --no-fund --silent
//go:generate go -C ../../tools run ./jslib

//go:embed dist
var dist embed.FS

// Source returns the source of a library, and false when it is not built in.
func Source(name string) (source string, ok bool) {
	packed, err := dist.ReadFile("dist/" + name + ".js.gz")
	if err != nil {
		return "", false
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return "", false
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return "", false
	}
	return string(text), true
}

// Licences returns the licence texts of the libraries that are built in, "" when there are none.
func Licences() string {
	text, err := dist.ReadFile("dist/LICENCES.txt")
	if err != nil {
		return ""
	}
	return string(text)
}
