package datetext

import (
	"testing"
	"time"
)

// The moments are V8's, asked with TZ set to each zone.
func TestLocalTimesThatClocksSkipOrShowTwice(t *testing.T) {
	tests := map[string]struct{ zone, wall, want string }{
		"New York skips it":          {"America/New_York", "2024-03-10T02:30:00", "2024-03-10T07:30:00Z"},
		"New York shows it twice":    {"America/New_York", "2024-11-03T01:30:00", "2024-11-03T05:30:00Z"},
		"Oslo skips it":              {"Europe/Oslo", "2024-03-31T02:30:00", "2024-03-31T01:30:00Z"},
		"Oslo shows it twice":        {"Europe/Oslo", "2024-10-27T02:30:00", "2024-10-27T00:30:00Z"},
		"the hour after in Oslo":     {"Europe/Oslo", "2024-10-27T03:00:00", "2024-10-27T02:00:00Z"},
		"half an hour on Lord Howe":  {"Australia/Lord_Howe", "2024-10-06T02:15:00", "2024-10-05T15:45:00Z"},
		"a day that Samoa left out":  {"Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z"},
		"summer in Sydney":           {"Australia/Sydney", "2024-01-01T00:00:00", "2023-12-31T13:00:00Z"},
		"a zone that never changes":  {"Asia/Kathmandu", "2024-03-10T02:30:00", "2024-03-09T20:45:00Z"},
		"far in the future":          {"Europe/Oslo", "2400-07-01T00:00:00", "2400-06-30T22:00:00Z"},
		"the midnight that is moved": {"America/Sao_Paulo", "2018-11-04T00:00:00", "2018-11-04T03:00:00Z"},
	}
	before := time.Local
	t.Cleanup(func() { time.Local = before })
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			zone, err := time.LoadLocation(test.zone)
			if err != nil {
				t.Skipf("skipped: the machine has no zones: %v", err)
			}
			time.Local = zone
			wall, err := time.Parse("2006-01-02T15:04:05", test.wall)
			if err != nil {
				t.Fatal(err)
			}
			if got := time.UnixMilli(int64(FromLocal(float64(wall.UnixMilli())))).UTC().Format(time.RFC3339); got != test.want {
				t.Errorf("%s in %s is %s, want %s", test.wall, test.zone, got, test.want)
			}
		})
	}
}
