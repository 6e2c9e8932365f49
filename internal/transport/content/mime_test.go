package content

import "testing"

func TestTypeByName(t *testing.T) {
	for name, want := range map[string]string{
		"a.json": "application/json", "a.JSON": "application/json", "x/y.tar.gz": "application/gzip", "a.txt": "text/plain",
		"a": "application/octet-stream", "a.": "application/octet-stream", "a.d/b": "application/octet-stream", "a.nope": "application/octet-stream", "a.png": "image/png",
	} {
		if got := typeByName(name); got != want {
			t.Errorf("typeByName(%q) = %q, want %q", name, got, want)
		}
	}
}
