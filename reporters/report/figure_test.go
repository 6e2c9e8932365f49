package report

import (
	"testing"
	"time"
)

func TestFiguresReadAsNewmanWritesThem(t *testing.T) {
	sizes := map[int64]string{0: "0B", 455: "455B", 1020: "1.02kB", 10_490_000: "10.49MB", 1_000_000: "1MB", 8960: "8.96kB"}
	for n, want := range sizes {
		if got := SizeText(n); got != want {
			t.Errorf("sizeText(%d) = %q, want %q", n, got, want)
		}
	}
	times := map[int64]string{0: "0ms", 820: "820µs", 69_000: "69ms", 1_997_000: "1997ms", 2_199_000: "2.1s", 65_399_000: "1m 5.3s", 60_000_000: "1m 0s", 3_665_000_000: "1h 1m 5s"}
	for us, want := range times {
		if got := TimeText(timeOf(us)); got != want {
			t.Errorf("timeText(%d µs) = %q, want %q", us, got, want)
		}
	}
}

func timeOf(us int64) time.Duration { return time.Duration(us) * time.Microsecond }
