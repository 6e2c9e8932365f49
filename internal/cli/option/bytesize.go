package option

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// A ByteSize is a number of bytes: 500, 20kB, 300MB, 2GB, in powers of 1000. The zero byteSize is not set.
type ByteSize int64

// Set reads the number and its unit.
func (b *ByteSize) Set(text string) error {
	number := strings.TrimRight(strings.ToLower(strings.TrimSpace(text)), "bkmg ")
	unit := strings.TrimSpace(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(text)), number))
	factor := map[string]float64{"": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9}[unit]
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || factor == 0 || !(n > 0) || n*factor > math.MaxInt64/2 {
		return errors.New("it is a number of bytes, such as 300MB")
	}
	*b = ByteSize(n * factor)
	return nil
}

// String is the number of bytes, "" for none.
func (b *ByteSize) String() string {
	if *b == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*b), 10)
}

// Type is how help names the value.
func (b *ByteSize) Type() string { return "size" }
