package failure

// numbers are those of Node on Linux: those of getaddrinfo are libuv's own.
var numbers = map[string]int{ //nolint:gochecknoglobals // a table that nobody writes to
	"EACCES":        -13,
	"EINVAL":        -22,
	"EPIPE":         -32,
	"EADDRNOTAVAIL": -99,
	"ENETUNREACH":   -101,
	"ECONNRESET":    -104,
	"ETIMEDOUT":     -110,
	"ECONNREFUSED":  -111,
	"EHOSTUNREACH":  -113,
	"EAI_AGAIN":     -3001,
	"ENOTFOUND":     -3008,
}

// numberOf returns the number of a code such as "ECONNREFUSED", which is negative, and 0 for a code that has none.
func numberOf(code string) int { return numbers[code] }
