package datetext

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// TestParseIsThatOfV8 compares with 1,200 texts, put together by chance from parts of dates, and the milliseconds that V8
// 11.3 gives for them in UTC (Node, 2026-11), null where they are no date.
func TestParseIsThatOfV8(t *testing.T) {
	text, err := os.ReadFile("testdata/v8.json")
	if err != nil {
		t.Fatal(err)
	}
	var list [][2]any
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		f, ok := Parse(e[0].(string))
		var got any
		if ms := float64(f.UTC()); ok && ms <= 8.64e15 && ms >= -8.64e15 {
			got = ms
		}
		if got != e[1] {
			t.Errorf("%q gives %v, V8 %v", e[0], got, e[1])
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "2026-01-02T03:04:05Z", "2 Jan 2026 (x", "+", "1:2:3.4 pm +1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fields, ok := Parse(text)
		if ok && (fields.Month < 0 || fields.Month > 11 || fields.Day < 1 || fields.Hour > 24) {
			t.Errorf("%q gives %+v", text, fields)
		}
		_ = time.UnixMilli(fields.UTC())
	})
}
