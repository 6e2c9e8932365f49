package intl

import (
	"os"
	"testing"
	"time"
)

// Node's answers were recorded in UTC, and formatters name the local zone.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}
