package cookie

import (
	"strings"
	"testing"
	"time"
)

func TestAJarWithoutCookiesIsWrittenAsTheEncoderWritesIt(t *testing.T) {
	t.Parallel()
	var saved, encoded strings.Builder
	if err := New(func() time.Time { return time.Time{} }).Save(&saved); err != nil {
		t.Fatal(err)
	}
	if err := emptyFile().write(&encoded); err != nil {
		t.Fatal(err)
	}
	if saved.String() != encoded.String() {
		t.Errorf("Save wrote %s, and the encoder %s", saved.String(), encoded.String())
	}
}
