package collection

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// Options say how files are read. The zero value is ready to use.
type Options struct {
	// NewID makes the ids of what has none in its file; nil gives random UUIDs.
	NewID func() string
}

// ids is never nil.
func (o Options) ids() func() string {
	if o.NewID != nil {
		return o.NewID
	}
	return func() string { return NewUUID(rand.Reader) }
}

// NewUUID returns a UUID of version 4 (RFC 9562) made of 16 bytes of the given randomness. A
// reader that ends early leaves zeros.
func NewUUID(random io.Reader) string {
	var b [16]byte
	_, _ = io.ReadFull(random, b[:]) // crypto/rand never fails; a test's reader may end
	b[6] = b[6]&0x0F | 0x40          // the version
	b[8] = b[8]&0x3F | 0x80          // the variant
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// Parse reads a collection of format 2.1, 2.0 or 1, or a single request, from a file's bytes.
// The name is what errors call the file. The schema's URL is never checked: many files name
// one that their content does not follow. Errors are *ParseError.
//
// newman: a document of the right shape is read leniently, whatever its details; Parse
// refuses only broken JSON and types that no request, folder, script or variable can be made
// of.
func Parse(name string, data []byte, opt Options) (*Collection, error) {
	src := source.New(name, data)
	root, err := documentOf(src)
	if err != nil {
		return nil, err
	}
	r := &reader{src: src, newID: opt.ids()}
	o := unwrap(root.object(), "collection")
	if err := refuseOther(src, o); err != nil {
		return nil, err
	}
	var c *Collection
	switch {
	// newman: postman-collection-transformer tells format 1 by these three keys.
	case o.get("name").truthy() && o.get("order").truthy() && o.get("requests").truthy():
		c = r.v1Collection(o)
	case !o.has("info") && !o.has("item") && o.has("request"):
		c = r.bareRequest(o)
	default:
		c = r.collection(o)
	}
	if r.err != nil {
		return nil, r.err
	}
	c.File = name
	c.source = o.Raw
	return c, nil
}

// unwrap returns what the Postman API puts under the given key: {"collection": {…}}. An
// object that is a collection itself may have such a key too and is left alone.
func unwrap(o object, key string) object {
	if inner := o.get(key); inner.isObject() && !o.has("info") && !o.has("item") && !o.has("values") {
		return inner.object()
	}
	return o
}

// documentOf checks the source and returns its root, which must be an object. The hints name
// the option that the file was probably meant for.
func documentOf(s *source.Source) (node, error) {
	root, err := rootOf(s)
	if err != nil {
		return node{}, err
	}
	if !root.isObject() {
		hint := "export the collection from Postman again"
		if root.isArray() && gjson.Get(root.Raw, "0.key").Exists() {
			hint = "this looks like an environment; give it with -e"
		} else if root.isArray() {
			hint = "this may be iteration data, which is given with -d"
		}
		return node{}, s.ErrorAt(s.Start, hint, fmt.Errorf("a collection is an object, found %s", root.kind()))
	}
	return root, nil
}

// rootOf checks the source and returns its one value. After the check, gjson can be trusted:
// it reads broken JSON without complaint.
func rootOf(s *source.Source) (node, error) {
	if err := refuseForeign(s); err != nil {
		return node{}, err
	}
	if err := s.Check(); err != nil {
		return node{}, err
	}
	res := gjson.Parse(s.Text[s.Start:])
	res.Index = s.Start // places count from the start of the file, not behind a byte order mark
	return newNode(res), nil
}

// refuseForeign names files that are not JSON at all. These are what people have given in
// practice; without it they would read "unexpected character '<'". nil means that the file
// may be JSON.
func refuseForeign(s *source.Source) error {
	text := s.Text[min(s.Start, len(s.Text)):]
	head := strings.ToLower(text[:min(len(text), 64)]) // keywords are compared in lower case, and none is longer
	switch {
	case text == "":
		return &ParseError{File: s.File, Hint: "export it from Postman again", Err: errors.New("the file is empty")}
	case strings.EqualFold(text, "todo"):
		return s.ErrorAt(s.Start, "whoever publishes the file has not written it yet", errors.New("the file holds only the text TODO"))
	case strings.HasPrefix(text, "<<<<<<< "):
		return s.ErrorAt(s.Start, "resolve the conflict first", errors.New("found a merge conflict"))
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return s.ErrorAt(s.Start, "this is a web page, perhaps a login page or GitHub's view of the file; download the raw file",
			errors.New("found HTML where JSON is expected"))
	case strings.HasPrefix(head, "<"):
		return s.ErrorAt(s.Start, "give a collection that Postman exported", errors.New("found XML where JSON is expected"))
	case strings.HasPrefix(head, "version https://git-lfs"):
		return s.ErrorAt(s.Start, "run git lfs pull", errors.New("found a Git LFS pointer instead of the file"))
	case strings.HasPrefix(head, "$kind:"):
		return s.ErrorAt(s.Start, "a collection of format 3 is a directory: give that, or the *.request.yaml of one request", errors.New("found a file of format 3 where JSON is expected"))
	case strings.HasPrefix(head, "---"), strings.HasPrefix(head, "info:"), strings.HasPrefix(head, "openapi:"),
		strings.HasPrefix(head, "swagger:"):
		return s.ErrorAt(s.Start, "export it from Postman as JSON", errors.New("found YAML where JSON is expected"))
	}
	for _, word := range []string{"module.exports", "export default", "const ", "let ", "var ", "import ", "function", "require("} {
		if strings.HasPrefix(head, word) {
			return s.ErrorAt(s.Start, "give the JSON file itself", errors.New("found JavaScript where JSON is expected"))
		}
	}
	return nil
}

// refuseOther names JSON documents that are something else than a collection. It must not
// refuse what newman runs, so it looks only where nothing of a collection is there.
func refuseOther(src *source.Source, o object) error {
	if o.has("info") && o.has("item") || o.has("requests") || o.has("request") {
		return nil
	}
	// at points to the key that gave the file away. format has one %q for it.
	at := func(key, hint, format string) error {
		return src.ErrorAt(o.get(key).Index, hint, fmt.Errorf(format, key))
	}
	switch {
	case o.has("item"):
		return nil
	case o.has("values"):
		return at("values", "give an environment with -e and globals with -g", "found %q: this is an environment, not a collection")
	case o.get("environment").isObject():
		return at("environment", "give an environment with -e", "found %q: this is an environment, not a collection")
	case o.has("openapi"), o.has("swagger"):
		key := "openapi"
		if o.has("swagger") {
			key = "swagger"
		}
		return at(key, "import it into Postman and export the collection", "found %q: this is an API description, not a collection")
	case o.get("log").isObject() && o.get("log").object().has("entries"):
		return at("log", "import it into Postman and export the collection", "found %q: this is a HAR file, not a collection")
	case o.has("dependencies"), o.has("devDependencies"):
		return src.ErrorAt(src.Start, "give a collection that Postman exported", errors.New("this is a package.json, not a collection"))
	}
	return nil
}
