package verify

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Open opens a report again, from its beginning. What it returns is closed by this package.
type Open func() (io.ReadCloser, error)

// Report looks through the report that open reads, whose name says by its extension what it
// is, and returns the name of the first secret that it finds, "" for none. Gzip is looked
// into. The report is read once for each block of entries.
func (l *Ledger) Report(name string, open Open) (found string, err error) {
	walk := func(x *index) bool {
		found, err = x.report(name, open)
		return found == "" && err == nil
	}
	if failed := l.indexes(walk); failed != nil {
		return "", failed
	}
	return found, err
}

// report takes a report apart by its format. One that is not what its name says is looked
// through as a text.
func (x *index) report(name string, open Open) (found string, err error) {
	by := map[string]func(io.Reader, func(string)) error{
		".json": jsonValues, ".ndjson": jsonValues, ".har": jsonValues, ".xml": xmlValues, ".csv": csvValues, ".html": htmlValues,
	}
	seen := map[uint64]bool{}
	look := func(value string) {
		const most = 1 << 16
		if found != "" || len(value) < shortest {
			return
		}
		// A hash of the value, of its length and each eight bytes, the last of which may
		// overlap.
		key := mix(uint64(len(value)))
		for i := 0; i+8 <= len(value); i += 8 {
			key = mix(key ^ eight(value[i:]))
		}
		key = mix(key ^ eight((value + "        ")[max(0, len(value)-8):]))
		if seen[key] {
			return // reports repeat themselves
		}
		if len(seen) < most {
			seen[key] = true
		}
		found = x.look(value)
	}
	values, known := by[strings.ToLower(filepath.Ext(strings.TrimSuffix(name, ".gz")))]
	if known {
		if err = read(open, func(r io.Reader) error { return values(r, look) }); err == nil || found != "" {
			return found, nil
		}
	}
	err = read(open, func(r io.Reader) error { return windows(r, look) })
	return found, err
}

// read opens a report, through gzip where it is packed (by its first bytes, RFC 1952 2.3.1).
func read(open Open, f func(io.Reader) error) error {
	file, err := open()
	if err != nil {
		return err
	}
	defer file.Close()
	buffered := bufio.NewReaderSize(file, 1<<16)
	if head, err := buffered.Peek(2); err == nil && head[0] == 0x1f && head[1] == 0x8b {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return fmt.Errorf("reading gzip: %w", err)
		}
		return f(unzipped)
	}
	return f(buffered)
}

// windows looks at a text in pieces of 1 MB, whose ends are looked at twice, so that a secret
// on a border is found.
func windows(r io.Reader, look func(string)) error {
	const size, overlap = 1 << 20, 64 << 10
	window := make([]byte, 0, size)
	for {
		n, err := io.ReadFull(r, window[len(window):cap(window)])
		window = window[:len(window)+n]
		look(string(window))
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("looking for secrets: %w", err)
		}
		window = window[:copy(window, window[len(window)-overlap:])]
	}
}

// jsonValues hands on the strings of one or more JSON documents, and lists of numbers as
// texts. Names of members are passed over: they come from the report's format.
func jsonValues(r io.Reader, look func(string)) error {
	d := json.NewDecoder(r)
	d.UseNumber()
	type level struct{ object, name bool } // name: a name comes next
	var open []level
	var list []string
	flush := func() {
		look(strings.Join(list, ","))
		list = list[:0]
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		top := len(open) - 1
		isName := top >= 0 && open[top].object && open[top].name
		switch token := token.(type) {
		case json.Delim:
			flush()
			if token == '}' || token == ']' {
				open = open[:top]
				top--
			} else {
				open = append(open, level{object: token == '{', name: token == '{'})
				continue
			}
		case string:
			if isName {
				open[top].name = false
				continue
			}
			look(token)
		case json.Number:
			// Numbers of a list may be the bytes of a text; one in an object stands by
			// itself.
			list = append(list, token.String())
			if top >= 0 && open[top].object {
				flush()
			}
		}
		if top >= 0 && open[top].object {
			open[top].name = true
		}
	}
}

// xmlValues hands on the texts and the attributes of XML, and its comments.
func xmlValues(r io.Reader, look func(string)) error {
	d := xml.NewDecoder(r)
	text := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			look(text)
			return nil
		}
		if err != nil {
			return err
		}
		if data, ok := token.(xml.CharData); ok {
			text += string(data) // parts of CDATA belong together
			continue
		}
		look(text)
		text = ""
		switch token := token.(type) {
		case xml.StartElement:
			for _, a := range token.Attr {
				look(a.Value)
			}
		case xml.Comment:
			look(string(token))
		}
	}
}

// csvValues reads each cell apart: a secret with a quote in it is doubled in the file and not
// found there as it is.
func csvValues(r io.Reader, look func(string)) error {
	d := csv.NewReader(r)
	d.FieldsPerRecord, d.ReuseRecord = -1, true
	for {
		record, err := d.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, cell := range record {
			look(cell)
		}
	}
}
