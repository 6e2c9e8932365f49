// Package reference reads the files that describe an API and follows the references between them.
package reference

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"posthaste/collection/source"
	"posthaste/internal/openapi/node"
)

// A Set is the files of an API: the one that was asked for, and those that references lead
// to. Each is read once. It is not safe for concurrent use while it reads; afterwards it is.
type Set struct {
	// Read returns what a file or, where Remote is set, an http(s) URL holds.
	Read   func(name string) ([]byte, error)
	Remote bool // references to http and https URLs are followed

	// The files that were read, by name: paths with slashes, or URLs.
	files map[string]*node.File
	// Why others were not, by name: each is tried once, since a host that does not answer takes its time.
	failed map[string]error
}

// MaxFile is how large a file may be, in bytes. The largest public descriptions have about 10
// MB; beyond 64 MB it is some other file.
const MaxFile = 64 << 20

// Load reads a file, once. name is what Read gets; two spellings of a path are two files.
// Errors of the syntax have file and line.
func (s *Set) Load(name string) (*node.File, error) {
	if f := s.files[name]; f != nil {
		return f, nil
	}
	if err := s.failed[name]; err != nil {
		return nil, err
	}
	f, err := s.read(name)
	if err != nil {
		if s.failed == nil {
			s.failed = map[string]error{}
		}
		s.failed[name] = err
		return nil, err
	}
	s.Add(name, f)
	return f, nil
}

// read is Load for a file that was not tried yet.
func (s *Set) read(name string) (*node.File, error) {
	data, err := s.Read(name)
	if err != nil {
		return nil, err
	}
	if len(data) > MaxFile {
		return nil, &source.ParseError{File: name, Err: fmt.Errorf("the file has %d MB; at most %d MB are read", len(data)>>20, MaxFile>>20)}
	}
	return node.ParseFile(name, data)
}

// Linked is Load for what a file, by its name, refers to: another host is asked only where Remote is set, ErrRemote otherwise. The
// host that the file itself comes from is no other. A file that was loaded already needs no permission.
func (s *Set) Linked(from, name string) (*node.File, error) {
	switch {
	case s.files[name] != nil || !isURL(name):
	case !s.Remote && !sameOrigin(from, name):
		return nil, ErrRemote
	case Inward(from, name):
		return nil, ErrInward
	}
	return s.Load(name)
}

// sameOrigin reports whether two names are URLs of one host and port.
func sameOrigin(a, b string) bool {
	x, err := url.Parse(a)
	y, other := url.Parse(b)
	return err == nil && other == nil && isURL(a) && strings.EqualFold(x.Scheme, y.Scheme) && strings.EqualFold(x.Host, y.Host)
}

// ErrInward says that a file of another network leads into this one.
var ErrInward = errors.New("a file of a public host may not lead to this machine or a private network")

// Inward reports whether a URL leads from a public host to this machine or a private network, as far as names and addresses tell: a file from
// elsewhere must not find out what answers there.
func Inward(from, to string) bool {
	x, err := url.Parse(from)
	y, other := url.Parse(to)
	return err == nil && other == nil && isURL(from) && !isInside(x.Hostname()) && isInside(y.Hostname())
}

// isInside knows names and addresses of this machine and of private networks (RFC 1918, 3927, 4193, 6761 and 6762).
func isInside(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal") || !strings.ContainsAny(host, ".:") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
}

// Add makes a file known by a name, so that references to it need no reading.
func (s *Set) Add(name string, f *node.File) {
	if s.files == nil {
		s.files = map[string]*node.File{}
	}
	s.files[name] = f
}

// Files lists the names of the files that were read, in no order.
func (s *Set) Files() []string {
	list := make([]string, 0, len(s.files))
	for name := range s.files {
		list = append(list, name)
	}
	return list
}

// An Error says where a reference stands that leads nowhere, and why.
type Error struct {
	At  *node.Node
	Ref string
	Err error
}

func (e *Error) Error() string {
	place := e.At.Place()
	if place != "" {
		place += ": "
	}
	return fmt.Sprintf("%s$ref %q: %v", place, e.Ref, e.Err)
}

// Unwrap returns the reason without the place.
func (e *Error) Unwrap() error { return e.Err }

// ErrRemote says that a reference leads to another host. A file should not be able to make a
// run ask other hosts unless the user allows it.
var ErrRemote = errors.New("references to other hosts are not followed without --openapi-remote")

// Resolve follows the reference that stands at a node, to a node of the same file or of
// another. Errors are *Error. A reference to a reference gives the latter; Follow goes on.
func (s *Set) Resolve(at *node.Node, ref string) (*node.Node, error) {
	n, err := s.resolve(at, ref)
	if err != nil {
		return nil, &Error{at, ref, err}
	}
	return n, nil
}

// resolve is Resolve without the place in errors.
func (s *Set) resolve(at *node.Node, ref string) (*node.Node, error) {
	name, fragment, _ := strings.Cut(ref, "#")
	file := at.File
	if name != "" {
		target, err := s.locate(at, name)
		if err != nil {
			return nil, err
		}
		if file, err = s.Linked(fileName(at), target); err != nil {
			return nil, err
		}
	}
	if file == nil {
		return nil, errors.New("it stands in no file")
	}
	pointer := fragment
	if strings.Contains(fragment, "%") {
		if unescaped, err := url.PathUnescape(fragment); err == nil {
			pointer = unescaped
		}
	}
	n := file.Root.Pointer(pointer)
	// A key may have a % of its own: #/paths/~1a%2Fb written as it stands in the file.
	if n == nil && pointer != fragment {
		n = file.Root.Pointer(fragment)
	}
	if n == nil {
		return nil, fmt.Errorf("%s has nothing there", file.Name)
	}
	return n, nil
}

// locate is the name of the file that a reference leads to, resolved against the file that it
// stands in: as a URL (RFC 3986 5) or as a path with slashes.
func (s *Set) locate(at *node.Node, name string) (string, error) {
	if isURL(name) {
		return name, nil
	}
	from := fileName(at)
	if isURL(from) {
		base, err := url.Parse(from)
		if err != nil {
			return "", err
		}
		target, err := base.Parse(name)
		if err != nil {
			return "", err
		}
		return target.String(), nil
	}
	// References are URIs, so that a blank in a file's name is %20.
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	if filepath.IsAbs(name) {
		return name, nil
	}
	return path.Join(path.Dir(filepath.ToSlash(from)), filepath.ToSlash(name)), nil
}

// fileName is the name of the file that a node stands in, "" for none.
func fileName(at *node.Node) string {
	if at.File == nil {
		return ""
	}
	return at.File.Name
}

// isURL reports whether a name is fetched rather than read from disk.
func isURL(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// Follow returns the node that a node stands for: itself, or what its $ref leads to. Chains
// end in an error when they come back to where they began, which is taken to be so after 50
// references.
func (s *Set) Follow(n *node.Node) (*node.Node, error) {
	began := n
	for range 50 {
		ref := n.Get("$ref")
		if ref == nil || ref.Kind != node.String {
			return n, nil
		}
		next, err := s.Resolve(ref, ref.Text)
		if err != nil {
			return nil, err
		}
		n = next
	}
	return nil, &Error{began, began.Str("$ref"), errors.New("it leads back to itself")}
}
