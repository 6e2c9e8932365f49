package event

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Version is the version of the NDJSON form. A change that an older reader would misread raises it; new
// members do not, since readers skip what they do not know. Version 2 has variable.flow, without which what follows from
// a failure is taken for a failure of its own. Version 3 has the teardown of iterations, whose answers do not make a run
// one that got answers. Versions 1 and 2 are read as well.
const Version = 3

// An Encoder writes events as NDJSON: one JSON object a line, {"v":2,"kind":"assertion",…}.
//
// Members are named as the fields, in lower camel case; those at their zero value are left out. Durations are
// milliseconds, times RFC 3339. Bytes are text where they are UTF-8, else {"base64":"…"}; so are strings.
type Encoder struct {
	w    io.Writer
	line bytes.Buffer
}

// NewEncoder returns an Encoder that writes each event to w as it comes, in one write.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// Encode writes one event.
func (enc *Encoder) Encode(e Event) error {
	enc.line.Reset()
	fmt.Fprintf(&enc.line, `{"v":%d,"kind":%q`, Version, e.Kind())
	if err := encodeMembers(&enc.line, e); err != nil {
		return fmt.Errorf("encoding %s: %w", e.Kind(), err)
	}
	enc.line.WriteString("}\n")
	_, err := enc.w.Write(enc.line.Bytes())
	return err
}

// A Decoder reads what an Encoder wrote.
type Decoder struct {
	r    *bufio.Reader
	line int
}

// NewDecoder returns a Decoder that reads from r. A line may be of any length.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: bufio.NewReader(r)} }

// A DecodeError says which line is no event.
type DecodeError struct {
	Line int // 1-based
	Err  error
}

func (e *DecodeError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap returns the reason.
func (e *DecodeError) Unwrap() error { return e.Err }

// Decode returns the next event, as a value of its type, and io.EOF after the last. Empty lines are skipped,
// and so are events of kinds that this version does not know. Other errors are a *DecodeError or the reader's.
func (dec *Decoder) Decode() (Event, error) {
	for {
		line, err := dec.r.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("reading events: %w", err)
		}
		if len(line) == 0 {
			return nil, io.EOF
		}
		dec.line++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		e, err := decodeLine(line)
		if err != nil {
			return nil, &DecodeError{dec.line, err}
		}
		if e != nil {
			return e, nil
		}
	}
}

// byKind has a zero event of each kind.
var byKind = func() map[string]Event { //nolint:gochecknoglobals // a table that nobody writes to
	table := map[string]Event{}
	for _, e := range Kinds() {
		table[e.Kind()] = e
	}
	return table
}()

// decodeLine returns nil for a kind that it does not know.
func decodeLine(line []byte) (Event, error) {
	var head struct {
		V    int
		Kind string
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return nil, fmt.Errorf("reading an event: %w", err)
	}
	if head.V < 1 || head.V > Version {
		return nil, fmt.Errorf("event format %d is not known, only 1 to %d", head.V, Version)
	}
	if head.Kind == "" {
		return nil, errors.New("an event has no kind")
	}
	if e := byKind[head.Kind]; e != nil {
		return decodeMembers(line, e)
	}
	return nil, nil
}
