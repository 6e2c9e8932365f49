// Package input reads what commands are given: collections, environments, globals, iteration
// data and the files of request bodies, from files, directories, URLs, standard input and the
// Postman API.
//
// Errors name the input, say what was wrong, and have a hint what to do.
package input

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/internal/cli/process"
	"posthaste/internal/transport"
)

// A Reader reads what a run is made of: collections, environments, globals and iteration
// data, from files, URLs, standard input and the Postman API. The zero Reader with a Process
// works.
type Reader struct {
	Process  *process.Process
	APIKey   string           // of the Postman API
	Insecure bool             // do not verify TLS certificates
	ExtraCA  string           // a file of further certificate authorities, "" for none
	Compat   bool             // as newman reads
	Map      []transport.Rule // of --map: where URLs lead

	Seen func(what string, data []byte) // told the bytes of each environment and globals that is read; may be nil
}

// A Parsing is how a collection is read. The zero value reads it without further ado.
type Parsing struct {
	StableIDs bool                           // give ids to what has none, the same for the same file
	Warn      func(v3.Warning)               // told what format 3 does not know; may be nil
	Text      func(name string, data []byte) // told the text of a file of format 1 or 2; may be nil
	Several   string                         // the hint for a workspace of several collections, when --all is not an option
}

// Collection reads a file of format 1 or 2, or a collection of format 3, which is a directory
// of YAML files.
func (r *Reader) Collection(ctx context.Context, from string, how Parsing) (*collection.Collection, error) {
	path := r.Process.Path(from)
	if !IsURL(from) && (process.IsDir(path) || isYAML(path)) {
		opt := v3.Options{Locate: true, Warn: how.Warn}
		if how.StableIDs {
			opt.NewID = stableIDs([]byte(path))
		}
		c, err := v3.ParsePath(from, path, opt)
		if workspace := (*v3.WorkspaceError)(nil); errors.As(err, &workspace) {
			return nil, process.Usage(cmp.Or(how.Several, "name one of them, or run them all with --all"), "reading the collection: %w", err)
		}
		if err != nil {
			return nil, MisfitFile(r.Process, process.Usage("", "reading the collection: %w", err), "collection", from)
		}
		return c, nil
	}
	name, data, err := r.Read(ctx, "collection", from)
	if err != nil {
		return nil, err
	}
	if how.Text != nil {
		how.Text(name, data)
	}
	var opt collection.Options
	if how.StableIDs {
		opt.NewID = stableIDs(data)
	}
	c, err := collection.Parse(name, data, opt)
	if err != nil {
		return nil, Misfit(process.Usage("", "reading the collection: %w", err), "collection", name, data)
	}
	if c.Foreign && !r.Compat {
		return nil, Misfit(process.Usage("export it from Postman as a collection of format 2.1",
			"reading the collection: %s: this is JSON, but not a collection: it has neither \"info\" nor \"item\"", name), "collection", name, data)
	}
	return c, nil
}

// stableIDs makes ids for what has none, the same for the same file: reports of two runs, or
// of two shards, can be compared by them. The bytes are the seed.
func stableIDs(data []byte) func() string {
	random := rand.NewChaCha8(sha256.Sum256(data))
	return func() string { return collection.NewUUID(random) }
}

// isYAML decides by the name whether a file is of format 3.
func isYAML(path string) bool {
	return strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, ".yml")
}

// source is where one input comes from. what is the word for it in errors.
func (r *Reader) source(what, text string) source {
	return source{
		process: r.Process, what: what, text: text, apiKey: r.APIKey, api: r.api(),
		insecure: r.Insecure, roots: r.roots, rules: r.Map,
	}
}

// Read returns the name of an input, to show, and its bytes. what is the word for it in
// errors.
func (r *Reader) Read(ctx context.Context, what, text string) (name string, data []byte, err error) {
	return r.source(what, text).read(ctx)
}

// Bounds are what reading one input may cost. Their zero values bound nothing.
type Bounds struct {
	Bytes int64
	Time  time.Duration // of a URL, until its last byte
	// Redirect is asked before a redirect is followed; its error ends the reading. May be nil.
	Redirect func(from, to string) error
}

// ReadWithin is Read within bounds.
func (r *Reader) ReadWithin(ctx context.Context, what, text string, b Bounds) (name string, data []byte, err error) {
	s := r.source(what, text)
	s.bounds = b
	return s.read(ctx)
}

// api is the base of the Postman API; tests set another with POSTHASTE_POSTMAN_API.
func (r *Reader) api() string {
	if base := r.Process.Getenv("POSTHASTE_POSTMAN_API"); base != "" {
		return strings.TrimSuffix(base, "/")
	}
	return postmanAPI
}
