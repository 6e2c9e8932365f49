package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"posthaste/runner/event"
)

// VerboseBody is how much of a body --verbose shows (newman: 2048 characters).
const VerboseBody = 2 << 10

// WireSize is the bytes of a response as they came: header and body.
func WireSize(r *event.Response) int64 {
	if r.WireSize > 0 {
		return r.HeaderSize + r.WireSize
	}
	return r.HeaderSize + r.Body.Size
}

// RequestSize is how long a request is with its head.
func RequestSize(q *event.Request) int64 {
	_, path, _ := strings.Cut(q.URL, "://")
	if i := strings.IndexByte(path, '/'); i >= 0 {
		path = path[i:]
	}
	size := len(q.Method) + len(path) + len("  HTTP/1.1\r\n\r\n")
	for _, h := range q.Header {
		size += len(h.Key) + len(h.Value) + len(": \r\n")
	}
	return int64(size) + q.Body.Size
}

// ContentType is the value of the header, without its parameters.
func ContentType(header []event.Header) string {
	for _, h := range header {
		if strings.EqualFold(h.Key, "Content-Type") {
			kind, _, _ := strings.Cut(h.Value, ";")
			return OneLine(kind)
		}
	}
	return "no content type"
}

// Waiting is the time from the request to the first byte of its response. A Timing counts from before the connection.
func Waiting(t event.Timing) time.Duration {
	if before := t.DNS + t.Connect + t.TLS; t.FirstByte >= before {
		return t.FirstByte - before
	}
	return max(t.FirstByte, 0)
}

// Percentiles is what summaries tell of the response times: names and figures.
func Percentiles(s *event.Summary) (names, figures []string) {
	if s.Responses.N == 0 {
		return nil, nil
	}
	for _, p := range []float64{50, 90, 95, 99} {
		names = append(names, fmt.Sprintf("p%.0f", p))
		figures = append(figures, TimeText(FromMS(s.Percentile(p))))
	}
	return names, figures
}

// PercentileText is the same in a line: "p50 2ms, p90 5ms, p95 9ms, p99 20ms".
func PercentileText(s *event.Summary) string {
	names, figures := Percentiles(s)
	for i := range names {
		names[i] += " " + figures[i]
	}
	return strings.Join(names, ", ")
}

// SizeText is bytes as newman shows them: 455B, 1.02kB, 10.49MB.
func SizeText(n int64) string { return string(appendSize(nil, n)) }

func appendSize(b []byte, n int64) []byte {
	if n >= 0 && n < 1000 {
		return append(strconv.AppendInt(b, n, 10), 'B')
	}
	f, unit := float64(n), "B"
	for _, next := range []string{"kB", "MB", "GB"} {
		if f < 1000 {
			break
		}
		f, unit = f/1000, next
	}
	text := fmt.Sprintf("%.2f", f)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return append(append(b, text...), unit...)
}

// TimeText is a duration as newman shows it: 820µs, 69ms, 2.1s, 1m 5.3s.
func TimeText(d time.Duration) string { return string(appendTime(nil, d)) }

func appendTime(b []byte, d time.Duration) []byte {
	switch {
	case d <= 0:
		return append(b, "0ms"...)
	case d < time.Millisecond:
		return append(strconv.AppendInt(b, d.Microseconds(), 10), "µs"...)
	case d < 1998*time.Millisecond:
		return append(strconv.AppendInt(b, d.Milliseconds(), 10), "ms"...)
	}
	tenths := d.Milliseconds() / 100
	text := strings.TrimSuffix(fmt.Sprintf("%d.%d", tenths%600/10, tenths%10), ".0") + "s"
	if m := tenths / 600; m >= 60 {
		return fmt.Appendf(b, "%dh %dm %s", m/60, m%60, text)
	} else if m > 0 {
		return fmt.Appendf(b, "%dm %s", m, text)
	}
	return append(b, text...)
}

// PhaseText is a phase as newman's table shows it: one that did not happen was kept from before.
func PhaseText(d time.Duration) string {
	if d <= 0 {
		return "(cache)"
	}
	return TimeText(d)
}

// WholeMS rounds a response time up to whole milliseconds, as scripts see it: a response that took no time at all would
// look like none.
func WholeMS(d time.Duration) time.Duration {
	return (d + time.Millisecond - 1).Truncate(time.Millisecond)
}

// FromMS is a duration from the milliseconds of a Spread.
func FromMS(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }

// Seconds is a duration as JUnit wants it.
func Seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
