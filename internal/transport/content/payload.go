// Package content builds the bodies of requests, and undoes the encodings of those of responses.
//
// A body is built once and can be sent any number of times: redirects and retries need the
// same bytes. Files are opened when they are sent, and never read whole into memory.
package content

import (
	"fmt"
	"io"
	"io/fs"
	"strings"

	"posthaste/internal/transport/failure"
)

// A FileOpener opens the files that bodies name, by the name as written. What it may open is its own policy.
type FileOpener interface {
	Open(name string) (fs.File, error)
}

// A Payload is a body that can be sent any number of times: pieces in memory and files that
// are opened again. It is read only once built; the zero Payload is no body.
type Payload struct {
	Mode        string // of the collection's body; "" is no body
	Type        string // the Content-Type that goes with it; "" asks for none
	OwnBoundary bool   // the user's Content-Type has the boundary of the form
	Size        int64  // in bytes

	pieces []piece
}

// A piece is bytes, or a file when name is not "". size is in bytes, in both cases.
type piece struct {
	data []byte
	name string
	size int64
}

// add appends bytes, which the Payload keeps.
func (p *Payload) add(data []byte) {
	p.pieces = append(p.pieces, piece{data: data, size: int64(len(data))})
	p.Size += int64(len(data))
}

// addFile appends a file of a known size.
func (p *Payload) addFile(name string, size int64) {
	p.pieces = append(p.pieces, piece{name: name, size: size})
	p.Size += size
}

// Bytes returns the body when all of it is in memory; false when a part is a file. The bytes
// may be the Payload's own and must not be changed.
func (p *Payload) Bytes() ([]byte, bool) {
	if len(p.pieces) == 1 && p.pieces[0].name == "" {
		return p.pieces[0].data, true
	}
	var all []byte
	for _, part := range p.pieces {
		if part.name != "" {
			return nil, false
		}
		all = append(all, part.data...)
	}
	return all, true
}

// WriteTo sends the body. A file that has become shorter is an error: its length was
// announced. Of one that grew, only the announced bytes are sent. files is not used without
// files.
func (p *Payload) WriteTo(w io.Writer, files FileOpener) error {
	for _, part := range p.pieces {
		if part.name == "" {
			if _, err := w.Write(part.data); err != nil {
				return err
			}
			continue
		}
		if err := copyFile(w, part, files); err != nil {
			return err
		}
	}
	return nil
}

// copyFile sends one file. Its own errors are *failure.Error, to be told from those of the
// network, which may be tried again.
func copyFile(w io.Writer, part piece, files FileOpener) error {
	f, err := files.Open(part.name)
	if err != nil {
		return &failure.Error{Message: "reading body file: " + err.Error(), Err: err}
	}
	defer func() { _ = f.Close() }() // it was only read
	n, err := io.Copy(w, io.LimitReader(f, part.size))
	if err == nil && n < part.size {
		err = &failure.Error{Message: fmt.Sprintf("reading body file: %s has %d bytes, %d were announced", part.name, n, part.size), Hint: "the file was changed meanwhile"}
	}
	return err
}

// Open returns a reader of the whole body. Files are opened when they are reached. The caller
// closes it, also before its end.
func (p *Payload) Open(files FileOpener) io.ReadCloser {
	return &payloadReader{pieces: p.pieces, files: files}
}

// A payloadReader reads one piece after the other.
type payloadReader struct {
	pieces []piece
	files  FileOpener
	at     io.ReadCloser // the piece that is being read
}

// Read reads on, from piece to piece. It never returns 0 bytes without an error, for some
// callers take that for the end.
func (r *payloadReader) Read(b []byte) (int, error) {
	for {
		if r.at == nil {
			if len(r.pieces) == 0 {
				return 0, io.EOF
			}
			next := r.pieces[0]
			r.pieces = r.pieces[1:]
			if next.name == "" {
				r.at = io.NopCloser(strings.NewReader(string(next.data)))
			} else {
				file, err := r.files.Open(next.name)
				if err != nil {
					return 0, err
				}
				r.at = file
			}
		}
		n, err := r.at.Read(b)
		if err == io.EOF { //nolint:errorlint // readers return it bare
			err = r.Close()
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// Close closes the file that is being read. The reader can be read on after that, at the next
// piece.
func (r *payloadReader) Close() error {
	if r.at == nil {
		return nil
	}
	err := r.at.Close()
	r.at = nil
	return err
}
