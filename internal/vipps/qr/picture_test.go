package qr

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image/png"
	"strings"
	"testing"
)

// TestPicture pins a code; an encoder of our own, whose codes ZXing had read, drew the
// same modules before rsc.io/qr took its place.
func TestPicture(t *testing.T) {
	const link = "http://127.0.0.1:41234/qr/to/ABCabcd"
	sum := sha256.Sum256(drawn(link, "svg").Body)
	if got, want := hex.EncodeToString(sum[:8]), "b9a044cbddc3278e"; got != want {
		t.Errorf("picture = %s, want %s", got, want)
	}
	img, err := png.Decode(bytes.NewReader(drawn(link, "png").Body))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != b.Dy() || b.Dx()%8 != 0 {
		t.Errorf("the PNG is %v", b)
	}
	for kind, text := range map[string]string{"gif": link, "svg": strings.Repeat("x", 3000)} {
		if got := drawn(text, kind).Status; got != 404 {
			t.Errorf("%s of %d bytes: %d, want 404", kind, len(text), got)
		}
	}
}
