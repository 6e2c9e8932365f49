package reference

import (
	"errors"
	"testing"

	"posthaste/internal/openapi/node"
)

func TestWhereReferencesMayLead(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		from, to string
		remote   bool
		want     error
	}{
		"a file of the same directory":                 {"api.yaml", "parts.yaml", false, nil},
		"another host from a local file":               {"api.yaml", "https://example.com/a.yaml", false, ErrRemote},
		"another host, allowed":                        {"api.yaml", "https://example.com/a.yaml", true, nil},
		"the own host":                                 {"https://example.com/api.yaml", "https://example.com/a.yaml", false, nil},
		"another port of it":                           {"https://example.com/api.yaml", "https://example.com:8443/a.yaml", false, ErrRemote},
		"plain http of it":                             {"https://example.com/api.yaml", "http://example.com/a.yaml", false, ErrRemote},
		"this machine from a public host":              {"https://example.com/api.yaml", "http://localhost:8080/admin", true, ErrInward},
		"an address of this machine":                   {"https://example.com/api.yaml", "http://127.0.0.1/admin", true, ErrInward},
		"the same in IPv6":                             {"https://example.com/api.yaml", "http://[::1]/admin", true, ErrInward},
		"the same as IPv4 in IPv6":                     {"https://example.com/api.yaml", "http://[::ffff:127.0.0.1]/admin", true, ErrInward},
		"a private network":                            {"https://example.com/api.yaml", "http://10.1.2.3/", true, ErrInward},
		"the metadata of a cloud":                      {"https://example.com/api.yaml", "http://169.254.169.254/latest", true, ErrInward},
		"a name of a private network":                  {"https://example.com/api.yaml", "http://vault.internal./", true, ErrInward},
		"a name without a dot":                         {"https://example.com/api.yaml", "http://intranet/", true, ErrInward},
		"a private network from a local file":          {"api.yaml", "http://10.1.2.3/a.yaml", true, nil},
		"a private network from one":                   {"http://10.1.2.4/api.yaml", "http://10.1.2.3/a.yaml", true, nil},
		"a public host from a private network":         {"http://10.1.2.4/api.yaml", "https://example.com/a.yaml", true, nil},
		"this machine from a public host, not allowed": {"https://example.com/api.yaml", "http://localhost/", false, ErrRemote},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := false
			s := &Set{Remote: tt.remote, Read: func(string) ([]byte, error) {
				asked = true
				return []byte("a: 1\n"), nil
			}}
			at := &node.Node{File: &node.File{Name: tt.from}}
			_, err := s.Resolve(at, tt.to+"#/a")
			if !errors.Is(err, tt.want) || asked != (tt.want == nil) {
				t.Errorf("got %v, asked %v, want %v", err, asked, tt.want)
			}
		})
	}
}

func TestAFileThatCannotBeReadIsTriedOnce(t *testing.T) {
	t.Parallel()
	times := 0
	s := &Set{Read: func(string) ([]byte, error) {
		times++
		return nil, errors.New("no answer")
	}}
	for range 3 {
		if _, err := s.Resolve(&node.Node{File: &node.File{Name: "api.yaml"}}, "parts.yaml#/a"); err == nil {
			t.Error("want an error")
		}
	}
	if times != 1 {
		t.Errorf("it was read %d times", times)
	}
}
