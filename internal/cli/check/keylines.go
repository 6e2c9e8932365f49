package check

import (
	"bytes"
	"regexp"

	"posthaste/collection"
)

// keyLines finds the lines of variables in an environment file. Variables are asked for in
// the order of the file, so each search goes on where the last one ended, and two variables
// of one name get two lines.
type keyLines struct {
	data []byte
	from int // what comes before was found already
}

func newKeyLines(data []byte) *keyLines { return &keyLines{data: data} }

// next returns the line of the next variable of that name, from 1, or 0 when it is written in
// a way that the search does not find, such as with escapes.
func (k *keyLines) next(name string) int {
	pattern := `"key"\s*:\s*` + regexp.QuoteMeta(collection.Quote(name)) + `\s*[,}]`
	at := regexp.MustCompile(pattern).FindIndex(k.data[k.from:])
	if at == nil {
		return 0
	}
	start := k.from + at[0]
	k.from += at[1] - 1
	return 1 + bytes.Count(k.data[:start], []byte("\n"))
}
