package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"strings"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
)

// A reader reads what a run is made of: collections, environments, globals and iteration data, from files, URLs,
// standard input and the Postman API.
type reader struct {
	process  *Process
	apiKey   string // of the Postman API
	insecure bool   // do not verify TLS certificates
	extraCA  string // a file of further certificate authorities, "" for none
	compat   bool   // as newman reads
}

// A parsing is how a collection is read.
type parsing struct {
	stableIDs bool                           // give ids to what has none, the same for the same file
	warn      func(v3.Warning)               // told what format 3 does not know; may be nil
	text      func(name string, data []byte) // told the text of a file of format 1 or 2; may be nil
	several   string                         // the hint for a workspace of several collections, when --all is not an option
}

// collection reads a file of format 1 or 2, or what format 3 keeps in directories and YAML.
func (r *reader) collection(ctx context.Context, from string, how parsing) (*collection.Collection, error) {
	path := r.process.path(from)
	if !isURL(from) && (isDir(path) || isYAML(path)) {
		opt := v3.Options{Locate: true, Warn: how.warn}
		if how.stableIDs {
			opt.NewID = stableIDs([]byte(path))
		}
		c, err := v3.ParsePath(from, path, opt)
		if workspace := (*v3.WorkspaceError)(nil); errors.As(err, &workspace) {
			return nil, usage(cmp.Or(how.several, "name one of them, or run them all with --all"), "reading the collection: %w", err)
		}
		if err != nil {
			return nil, usage("", "reading the collection: %w", err)
		}
		return c, nil
	}
	name, data, err := r.read(ctx, "collection", from)
	if err != nil {
		return nil, err
	}
	if how.text != nil {
		how.text(name, data)
	}
	var opt collection.Options
	if how.stableIDs {
		opt.NewID = stableIDs(data)
	}
	c, err := collection.Parse(name, data, opt)
	if err != nil {
		return nil, usage("", "reading the collection: %w", err)
	}
	return c, nil
}

// stableIDs makes ids for what has none, the same for the same file: reports of two runs, or of two shards, can be
// compared by them.
func stableIDs(data []byte) func() string {
	random := rand.NewChaCha8(sha256.Sum256(data))
	return func() string { return collection.NewUUID(random) }
}

func isYAML(path string) bool {
	return strings.HasSuffix(path, ".yaml") || strings.HasSuffix(path, ".yml")
}

// source is where one input comes from.
func (r *reader) source(what, text string) source {
	return source{
		process: r.process, what: what, text: text, apiKey: r.apiKey, api: r.api(),
		insecure: r.insecure, roots: r.roots,
	}
}

// read returns the name of an input, to show, and its bytes. what says what it is in errors.
func (r *reader) read(ctx context.Context, what, text string) (name string, data []byte, err error) {
	return r.source(what, text).read(ctx)
}

// api is the base of the Postman API; tests put another in its place.
func (r *reader) api() string {
	if base := r.process.env("POSTHASTE_POSTMAN_API"); base != "" {
		return strings.TrimSuffix(base, "/")
	}
	return postmanAPI
}
