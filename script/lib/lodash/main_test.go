package lodash

import (
	"os"
	"testing"
	"time"
)

// The answers were recorded in UTC, and the text of a date names the zone.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}
